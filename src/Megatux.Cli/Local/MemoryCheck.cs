using System.Globalization;
using Megatux.Hypervisors;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Refuses beforehand what this machine has no memory for: a guest that is killed for lack of it says nothing.</summary>
internal static class MemoryCheck
{
    private const string Facts = "/proc/meminfo", Available = "MemAvailable:";
    private const long KibibytesInMebibyte = 1024;

    /// <summary>Hosts that are whole machines.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="needed">MiB that all of them take, with what emulates them.</param>
    /// <exception cref="MegatuxException">There is too little.</exception>
    internal static void Require(Experiment experiment, long needed)
    {
        long available = AvailableMiB();
        if (needed > available)
            throw new MegatuxException(ErrorCodes.MemoryShort, string.Create(CultureInfo.InvariantCulture,
                $"{experiment.HostCount} hosts under QEMU need {needed} MiB with their guests, and {available} MiB of this machine are free: boot fewer with PhysicalHosts or VmsPerHost, give them less with HostMemory or VmMemory, or have hosts as containers."));
    }

    /// <summary>Hosts that are containers.</summary>
    /// <exception cref="MegatuxException">There is too little.</exception>
    internal static void Require(Experiment experiment)
    {
        long available = AvailableMiB();
        int each = HostMemory.OfGuestMiB(experiment);
        decimal needed = Math.Ceiling(experiment.GuestCount * each / experiment.MemoryOvercommit);
        if (needed > available)
            throw new MegatuxException(ErrorCodes.MemoryShort, string.Create(CultureInfo.InvariantCulture,
                $"{experiment.GuestCount} guests of {each} MiB with what runs them, of which {experiment.MemoryOvercommit} share each (MemoryOvercommit), need {needed} MiB, and {available} MiB of this machine are free: boot fewer with VmsPerHost, give them less with VmMemory, or raise MemoryOvercommit."));
    }

    private static long AvailableMiB() => File.ReadLines(Facts).First(line => line.StartsWith(Available, StringComparison.Ordinal)) is var line
        ? long.Parse(line.AsSpan(Available.Length)[..^" kB".Length].Trim(), NumberStyles.None, CultureInfo.InvariantCulture) / KibibytesInMebibyte : 0;
}
