using System.Globalization;
using Megatux.Hypervisors;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Refuses beforehand what this machine has no memory for: a guest that is killed for lack of it says nothing.</summary>
internal static class MemoryCheck
{

    /// <summary>Hosts that are whole machines.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="hosts">How many of its hosts are to boot.</param>
    /// <param name="needed">MiB that all of them take, with what emulates them.</param>
    /// <exception cref="MegatuxException">There is too little.</exception>
    internal static void RequireForMachines(Experiment experiment, long hosts, long needed)
    {
        long available = MachineMemory.Read().AvailableMiB;
        if (needed > available)
            throw new MegatuxException(ErrorCodes.MemoryShort, string.Create(CultureInfo.InvariantCulture,
                $"{hosts} hosts of {experiment.Name} under QEMU need {needed} MiB with their guests, and {available} MiB of this machine are free: boot fewer with --only, PhysicalHosts or VmsPerHost, give them less with HostMemory or VmMemory, or have hosts as containers."));
    }

    /// <summary>Hosts that are containers.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="guests">How many of its guests are to boot.</param>
    /// <exception cref="MegatuxException">There is too little.</exception>
    internal static void Require(Experiment experiment, long guests)
    {
        if (Shortage(experiment, guests, MachineMemory.Read().AvailableMiB) is { } shortage)
            throw new MegatuxException(ErrorCodes.MemoryShort, shortage);
    }

    /// <summary>What guests need at once, in MiB.</summary>
    internal static decimal NeededMiB(Experiment experiment, long guests) =>
        Math.Ceiling(guests * HostMemory.OfGuestMiB(experiment) / experiment.MemoryOvercommit);

    /// <summary>Why guests do not fit into the memory that is available; null if they do.</summary>
    internal static string? Shortage(Experiment experiment, long guests, long availableMiB)
    {
        decimal needed = NeededMiB(experiment, guests);
        return needed <= availableMiB ? null : string.Create(CultureInfo.InvariantCulture,
            $"{guests} guests of {HostMemory.OfGuestMiB(experiment)} MiB with what runs them, of which {experiment.MemoryOvercommit} share each (MemoryOvercommit), need {needed} MiB, and {availableMiB} MiB of this machine are free: boot fewer with --only or VmsPerHost, give them less with VmMemory, or raise MemoryOvercommit.");
    }
}
