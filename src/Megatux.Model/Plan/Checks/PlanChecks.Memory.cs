using System.Globalization;

namespace Megatux.Model;

// Memory: what guests are promised, against what a host has.
internal static partial class PlanChecks
{
    private static void Memory(Experiment experiment, ICollection<Problem> problems)
    {
        if (experiment.HostMemoryMiB is not { } memory)
            return;
        long needed = (long)experiment.VmsPerHost * experiment.VmMemoryMiB;
        decimal promised = memory * experiment.MemoryOvercommit;
        if (needed <= promised)
            return;

        // Rounded up to a tenth, so that the advice is enough.
        decimal ratio = Math.Ceiling(needed * 10m / memory) / 10m;
        string orRatio = ratio <= MaxOvercommit ? string.Create(CultureInfo.InvariantCulture, $", or {ExperimentProperties.MemoryOvercommit} {ratio:0.#}") : "";
        long fitting = (long)(promised / experiment.VmMemoryMiB);
        long hostMemory = (long)Math.Ceiling(needed / experiment.MemoryOvercommit);
        problems.Add(new Problem(ErrorCodes.MemoryDoesNotFit,
            string.Create(CultureInfo.InvariantCulture,
                $"{experiment.VmsPerHost} guests x {experiment.VmMemoryMiB} MiB = {needed} MiB, but a host has {memory} MiB x {experiment.MemoryOvercommit} = {promised:0.##} MiB: use {ExperimentProperties.VmsPerHost} {fitting}, {ExperimentProperties.HostMemory} {hostMemory}{orRatio}."),
            ExperimentProperties.HostMemory));
    }
}
