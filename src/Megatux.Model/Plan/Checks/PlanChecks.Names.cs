namespace Megatux.Model;

// Names: such that DNS and Linux take them, and each one machine's.
internal static partial class PlanChecks
{
    // RFC 1035, 2.3.4; Linux's own limit for a whole name (__NEW_UTS_LEN) is below that of DNS.
    private const int MaxLabel = 63;
    private const int MaxHostname = 64;

    private static void HostNames(Experiment experiment, ICollection<Problem> problems)
    {
        foreach (string pattern in NodePatterns.Split(experiment.Hosts.ToString()))
        {
            if (FaultOf(NodePatterns.Longest(pattern)) is not { } fault)
                continue;
            problems.Add(new Problem(ErrorCodes.NameInvalid,
                $"{ExperimentProperties.PhysicalHosts} names {Wording.Shorten(pattern)}: {fault}.", ExperimentProperties.PhysicalHosts));
            return;
        }

        if (experiment.Hosts.Contains("localhost"))
            problems.Add(new Problem(ErrorCodes.NameInvalid,
                $"{ExperimentProperties.PhysicalHosts} names localhost, which is every machine's name for itself: rename the host.",
                ExperimentProperties.PhysicalHosts));

        // DNS does not tell capital letters from small ones.
        long distinct = NodeSet.Parse(experiment.Hosts.ToString().ToLowerInvariant()).Count;
        if (distinct != experiment.HostCount)
            problems.Add(new Problem(ErrorCodes.NameCollision,
                $"{ExperimentProperties.PhysicalHosts} has {experiment.HostCount} names, of which {experiment.HostCount - distinct} differ from another only in capital letters: rename them.",
                ExperimentProperties.PhysicalHosts));
    }

    private static void GuestHostNames(Experiment experiment, ICollection<Problem> problems)
    {
        if (experiment.VmsPerHost == 0)
            return;
        string host = NodePatterns.Split(experiment.Hosts.ToString()).Select(NodePatterns.Longest).MaxBy(name => name.Length)!;
        int length = GuestNames.Of(experiment.VmsPerHost - 1, host).Length;
        if (host.Length <= MaxHostname && length > MaxHostname)
            problems.Add(new Problem(ErrorCodes.NameInvalid,
                $"names of guests would have up to {length} characters ({GuestNames.Of(experiment.VmsPerHost - 1, "HOST")}); Linux takes {MaxHostname}: "
                + $"use host names of at most {MaxHostname - (length - host.Length)} characters.",
                ExperimentProperties.PhysicalHosts));

        NodeSet both;
        try
        {
            both = experiment.Guests.Intersect(experiment.Hosts);
        }
        catch (MegatuxException intricate)
        {
            // Guests' names have one number more than hosts', which may be more than a node set keeps.
            problems.Add(intricate.Problem with { Subject = ExperimentProperties.PhysicalHosts });
            return;
        }

        if (!both.IsEmpty)
            problems.Add(new Problem(ErrorCodes.NameCollision,
                $"{ExperimentProperties.PhysicalHosts} names {Wording.Shorten(both.ToString())}, which is also what guests are called (vm0 and on, a dot, the host's name): rename.",
                ExperimentProperties.PhysicalHosts));
    }

    private static string? FaultOf(string name)
    {
        if (name.Length > MaxHostname)
            return $"a name of {name.Length} characters; Linux takes at most {MaxHostname}";
        if (name.Contains('.') && name.All(character => char.IsAsciiDigit(character) || character == '.'))
            return "a name of digits and dots reads as an address; use a letter";
        foreach (string label in name.Split('.'))
        {
            if (label.Length is 0 or > MaxLabel)
                return $"DNS takes labels of 1 to {MaxLabel} characters between the dots of a name";
            if (label[0] == '-' || label[^1] == '-')
                return "DNS takes no label that begins or ends with '-'";
            foreach (char character in label)
                if (!char.IsAsciiLetterOrDigit(character) && character != '-')
                    return $"DNS takes letters, digits, '-' and '.' in names, not '{character}'";
        }

        return null;
    }
}
