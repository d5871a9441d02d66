using System.Globalization;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Refuses beforehand what this machine has no memory for: a guest that is killed for lack of it says nothing.</summary>
internal static class MemoryCheck
{
    /// <summary>What a container takes of this machine besides what its programs do.</summary>
    private const int ContainerMiB = 4;

    /// <summary>Hosts that are whole machines.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="needed">MiB that all of them take, with what emulates them.</param>
    /// <exception cref="MegatuxException">There is too little.</exception>
    internal static void Require(Experiment experiment, long needed)
    {
        long available = MachineMemory.Read().AvailableMiB;
        if (needed > available)
            throw new MegatuxException(ErrorCodes.MemoryShort, string.Create(CultureInfo.InvariantCulture,
                $"{experiment.HostCount} hosts under QEMU need {needed} MiB with their guests, and {available} MiB of this machine are free: boot fewer with PhysicalHosts or VmsPerHost, give them less with HostMemory or VmMemory, or have hosts as containers."));
    }

    /// <summary>Hosts that are containers.</summary>
    /// <exception cref="MegatuxException">There is too little.</exception>
    internal static void Require(Experiment experiment)
    {
        if (Shortage(experiment, MachineMemory.Read().AvailableMiB) is { } shortage)
            throw new MegatuxException(ErrorCodes.MemoryShort, shortage);
    }

    /// <summary>What all guests need at once, in MiB.</summary>
    internal static decimal NeededMiB(Experiment experiment) =>
        Math.Ceiling(experiment.GuestCount * EachMiB(experiment) / experiment.MemoryOvercommit);

    /// <summary>Why the guests do not fit into the memory that is available; null if they do.</summary>
    internal static string? Shortage(Experiment experiment, long availableMiB)
    {
        decimal needed = NeededMiB(experiment);
        return needed <= availableMiB ? null : string.Create(CultureInfo.InvariantCulture,
            $"{experiment.GuestCount} guests of {EachMiB(experiment)} MiB, of which {experiment.MemoryOvercommit} share each (MemoryOvercommit), need {needed} MiB, and {availableMiB} MiB of this machine are free: boot fewer with VmsPerHost, give them less with VmMemory, or raise MemoryOvercommit.");
    }

    private static int EachMiB(Experiment experiment) => experiment.Hypervisor == Model.Hypervisor.Container ? ContainerMiB : experiment.VmMemoryMiB;
}
