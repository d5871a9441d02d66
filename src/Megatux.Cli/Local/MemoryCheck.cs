using System.Globalization;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Refuses beforehand what this machine has no memory for: a guest that is killed for lack of it says nothing.</summary>
internal static class MemoryCheck
{
    private const string Facts = "/proc/meminfo", Available = "MemAvailable:";
    private const long KibibytesInMebibyte = 1024;

    /// <summary>What a container takes of this machine besides what its programs do.</summary>
    private const int ContainerMiB = 4;

    /// <param name="experiment">The experiment.</param>
    /// <param name="guests">How many of its guests are to boot.</param>
    /// <exception cref="MegatuxException">There is too little.</exception>
    internal static void Require(Experiment experiment, long guests)
    {
        long available = File.ReadLines(Facts).First(line => line.StartsWith(Available, StringComparison.Ordinal)) is var line
            ? long.Parse(line.AsSpan(Available.Length)[..^" kB".Length].Trim(), NumberStyles.None, CultureInfo.InvariantCulture) / KibibytesInMebibyte : 0;
        int each = experiment.Hypervisor == Model.Hypervisor.Container ? ContainerMiB : experiment.VmMemoryMiB;
        decimal needed = Math.Ceiling(guests * each / experiment.MemoryOvercommit);
        if (needed > available)
            throw new MegatuxException(ErrorCodes.MemoryShort, string.Create(CultureInfo.InvariantCulture,
                $"{guests} guests of {each} MiB, of which {experiment.MemoryOvercommit} share each (MemoryOvercommit), need {needed} MiB, and {available} MiB of this machine are free: boot fewer with --only or VmsPerHost, give them less with VmMemory, or raise MemoryOvercommit."));
    }
}
