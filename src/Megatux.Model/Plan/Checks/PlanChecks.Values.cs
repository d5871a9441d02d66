using System.Globalization;

namespace Megatux.Model;

// Each value by itself.
internal static partial class PlanChecks
{
    private const int MaxExperimentName = 63;
    private const int MaxVmsPerHost = 1 << 30;
    private const long MaxHosts = 1L << IPv4Network.AddressBits;
    private const int MaxOvercommit = 1000;

    private static void Names(Experiment experiment, ICollection<Problem> problems)
    {
        string name = experiment.Name;
        bool valid = name.Length is > 0 and <= MaxExperimentName && char.IsAsciiLetterOrDigit(name[0])
            && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
        if (!valid)
            problems.Add(new Problem(ErrorCodes.NameInvalid,
                $"{ExperimentProperties.Name} is '{Wording.Shorten(name)}': use 1 to {MaxExperimentName} letters, digits, '-', '_' and '.', the first a letter or digit.",
                ExperimentProperties.Name));
    }

    private static void Interfaces(Experiment experiment, ICollection<Problem> problems)
    {
        if (InterfaceProblem(experiment.HostInterface, ExperimentProperties.HostInterface) is { } problem)
            problems.Add(problem);
    }

    /// <summary>What is wrong with a name for a host's interface to the outside, if anything is.</summary>
    public static Problem? InterfaceProblem(string name, string property)
    {
        string shown = Wording.Shorten(name);
        if (!InterfaceNames.IsValid(name))
            return new Problem(ErrorCodes.InterfaceNameUnusable,
                $"{property} is '{shown}': Linux takes 1 to {InterfaceNames.MaxLength} letters, digits, '-', '_', '.' and '@', such as eth0.", property);
        return InterfaceNames.IsTaken(name)
            ? new Problem(ErrorCodes.InterfaceNameUnusable,
                $"{property} is '{shown}', a name that every host uses inside ({InterfaceNames.Loopback}, {InterfaceNames.Bridge}, {InterfaceNames.Tap(0)} and on): give the interface to the outside, such as eth0.", property)
            : null;
    }

    private static void Counts(Experiment experiment, ICollection<Problem> problems)
    {
        InRange(ExperimentProperties.PhysicalHosts, experiment.HostCount, 1, MaxHosts, " hosts", problems);
        InRange(ExperimentProperties.VmsPerHost, experiment.VmsPerHost, 0, MaxVmsPerHost, " guests on each host", problems);
    }

    private static void Memories(Experiment experiment, ICollection<Problem> problems)
    {
        InRange(ExperimentProperties.VmMemory, experiment.VmMemoryMiB, 1, int.MaxValue, " MiB", problems);
        if (experiment.HostMemoryMiB is { } memory)
            InRange(ExperimentProperties.HostMemory, memory, 1, int.MaxValue, " MiB", problems);
        InRange(ExperimentProperties.MemoryOvercommit, experiment.MemoryOvercommit, 1, MaxOvercommit, " times the memory of a host", problems);
    }

    private static void Churns(Experiment experiment, ICollection<Problem> problems)
    {
        InRange(ExperimentProperties.Churn, experiment.Churn, 0, ChurnRate.Most, " of the guests a week", problems);
        InRange(ExperimentProperties.ChurnSeed, experiment.ChurnSeed, 0, int.MaxValue, "", problems);
    }

    private static void Prefixes(Experiment experiment, ICollection<Problem> problems)
    {
        InRange(ExperimentProperties.VmNetmask, experiment.GuestPrefixLength, 0, IPv4Network.AddressBits, " bits", problems);
        InRange(ExperimentProperties.HostNetwork, experiment.HostNetwork.PrefixLength, 0, IPv4Network.AddressBits, " bits", problems);
        if (experiment.HostNetwork is { PrefixLength: >= 0 and <= IPv4Network.AddressBits, IsAligned: false } crooked)
            problems.Add(new Problem(ErrorCodes.NetworkUnaligned,
                $"{ExperimentProperties.HostNetwork} is {crooked}, which does not begin at its first address: write {crooked.First}/{crooked.PrefixLength}.",
                ExperimentProperties.HostNetwork));

        MacPrefix prefix = experiment.MacPrefix;
        InRange(ExperimentProperties.MacPrefix, prefix.Count, 1, MacPrefix.MaxCount, " octets", problems);
        if (prefix.Count is >= 1 and <= MacPrefix.MaxCount && (prefix.IsMulticast || !prefix.IsLocal))
            problems.Add(new Problem(ErrorCodes.MacPrefixUnusable,
                $"{ExperimentProperties.MacPrefix} is {prefix}: {(prefix.IsMulticast ? "addresses under it name groups, not machines" : "addresses under it belong to a maker of hardware")}; "
                + "use a locally administered one, whose first octet ends in 2, 6, a or e, such as 02:4d.",
                ExperimentProperties.MacPrefix));
    }

    private static void InRange(string property, decimal value, decimal least, decimal most, string unit, ICollection<Problem> problems)
    {
        if (value < least || value > most)
            problems.Add(new Problem(ErrorCodes.PlanValueOutOfRange,
                string.Create(CultureInfo.InvariantCulture, $"{property} gives {value}{unit}: expected {least} to {most}."), property));
    }
}
