using System.Globalization;
using Megatux.Hypervisors;
using Megatux.Linux;

namespace Megatux.Cli;

/// <summary>Memory, and where it lies.</summary>
internal static class MemoryChecks
{
    /// <summary>Memory of a small guest under UML, in MiB.</summary>
    internal const int SmallGuestMiB = 32;

    private const string SharedFolder = "/dev/shm";
    private const long BytesInMebibyte = 1 << 20;

    internal static Finding Memory(IMachineFacts machine)
    {
        MachineMemory memory = machine.Memory;
        long guests = GuestsIn(memory);
        string fact = string.Create(CultureInfo.InvariantCulture, $"{memory.AvailableMiB} of {memory.TotalMiB} MiB are free: {guests} guests of {SmallGuestMiB} MiB");
        return guests > 0 ? Finding.Ok(fact) : Finding.Missing(fact, "end programs that take much");
    }

    /// <summary>How many small guests the free memory holds.</summary>
    internal static long GuestsIn(MachineMemory memory) => memory.AvailableMiB / (SmallGuestMiB + Uml.OwnMiB);

    /// <summary>
    /// The tmpfs that <c>megatux image boot</c> puts the memory of a guest under UML on. Hosts that are containers mount one
    /// of their own.
    /// </summary>
    internal static Finding SharedMemory(IMachineFacts machine) => machine.FileSystemOf(SharedFolder) switch
    {
        null => Finding.Warning($"{SharedFolder} is not there, which megatux image boot puts the memory of guests on", $"mkdir {SharedFolder}; mount -t tmpfs -o nosuid,nodev,mode=1777 tmpfs {SharedFolder}"),
        { IsTmpfs: false } => Finding.Warning($"{SharedFolder} is no tmpfs, which megatux image boot puts the memory of guests on", $"mount -t tmpfs -o nosuid,nodev,mode=1777 tmpfs {SharedFolder}"),
        { AllowsExecution: false } => Finding.Warning($"{SharedFolder} is mounted noexec, and guests under uml that megatux image boot starts execute from it", $"mount -o remount,exec {SharedFolder}"),
        { AvailableBytes: < SmallGuestMiB * BytesInMebibyte } small => Finding.Warning(string.Create(CultureInfo.InvariantCulture, $"{small.AvailableBytes / BytesInMebibyte} MiB of {SharedFolder} are free"), $"mount -o remount,size=50% {SharedFolder}"),
        { } good => Finding.Ok(string.Create(CultureInfo.InvariantCulture, $"{SharedFolder} is a tmpfs that allows execution, {good.AvailableBytes / BytesInMebibyte} MiB of it free")),
    };
}
