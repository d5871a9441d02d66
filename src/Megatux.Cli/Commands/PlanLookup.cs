using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Finds what a name, IP address or Ethernet address stands for, or says what would have been found nearby.</summary>
internal static class PlanLookup
{
    /// <summary>Everything computed about what a person asks for.</summary>
    /// <exception cref="MegatuxException">It is nothing of the experiment's.</exception>
    public static PlanFacts Find(Experiment experiment, string asked)
    {
        if (IPv4Address.TryParse(asked, out IPv4Address address))
            return OfAddress(experiment, address);
        if (MacAddress.TryParse(asked, out MacAddress mac))
            return experiment.Find(mac) is { } owner ? PlanReport.Of(experiment, owner) : throw NobodysMac(experiment, mac);
        if (IsGroup(asked))
            return PlanReport.Of(asked, experiment.Parse(asked));
        return experiment.Find(asked) is { } node ? PlanReport.Of(experiment, node) : throw NoSuchNode(experiment, asked);
    }

    /// <summary>The node that a person means by its name, IP address or Ethernet address, or by a group of which it is the only one.</summary>
    /// <exception cref="MegatuxException">It is no node of the experiment's.</exception>
    public static Node FindNode(Experiment experiment, string asked)
    {
        if (IPv4Address.TryParse(asked, out IPv4Address address))
            return experiment.Find(address) ?? throw Unknown($"{address} is neither a host's nor a guest's address: expected one such as {experiment.HostAddress(0)}.");
        if (MacAddress.TryParse(asked, out MacAddress mac))
            return experiment.Find(mac) ?? throw NobodysMac(experiment, mac);
        string name = IsGroup(asked) ? experiment.Parse(asked).ToString() : asked;
        return experiment.Find(name) ?? throw NoSuchNode(experiment, name);
    }

    private static bool IsGroup(string asked) => asked.StartsWith('@');

    private static PlanFacts OfAddress(Experiment experiment, IPv4Address address)
    {
        if (experiment.Find(address) is { } node)
            return PlanReport.Of(experiment, node);
        AddressUse use = experiment.UseOf(address);
        return use.Role != AddressRole.Outside
            ? PlanReport.Of(experiment, address, use)
            : throw Unknown($"{address} is in none of the experiment's networks: the first host has {experiment.HostAddress(0)}, the last {experiment.HostAddress(experiment.HostCount - 1)}, "
                + $"guest networks are {experiment.GuestSpace()[0].First} to {experiment.GuestSpace()[^1].Last}.");
    }

    private static MegatuxException NobodysMac(Experiment experiment, MacAddress mac) =>
        Unknown(experiment.MacPrefix.TryGetRest(mac, out _)
            ? $"{mac} has the experiment's prefix, but no host or guest has an address that gives it."
            : $"{mac} is not of this experiment, whose Ethernet addresses begin with {experiment.MacPrefix}{(experiment.Equations.Find(NodeEquationNames.HostMac) is null ? "" : ", but for those of hosts")}: "
                + $"expected one such as {experiment.Host(0).Mac}.");

    private static MegatuxException NoSuchNode(Experiment experiment, string asked)
    {
        if (asked.Contains('/'))
            return Unknown($"{asked} looks like a network; a node is asked for by its name, address or MAC, such as {experiment.HostAddress(0)}.");
        if (asked.Contains(':'))
            return Unknown($"{asked} looks like an Ethernet address but is none: expected six octets such as {experiment.Host(0).Mac}.");
        if (asked.Length > 0 && asked.All(character => char.IsAsciiDigit(character) || character == '.') && asked.Contains('.'))
            return Unknown($"{asked} looks like an IPv4 address but is none: expected four numbers from 0 to 255 without leading zeros, such as {experiment.HostAddress(0)}.");
        if (NodeSet.TryParse(asked, out NodeSet set, out _) && set.Contains(asked) is false && !set.IsEmpty)
            return Unknown($"{asked} is a set of nodes; name one of them, such as {set.NodeAt(0)}.");
        return Unknown($"{asked} is not a node of {experiment.Name}, whose {experiment.HostCount} hosts are {experiment.HostName(0)} to {experiment.HostName(experiment.HostCount - 1)}"
            + $"{(experiment.VmsPerHost > 0 ? $", each with guests vm0 to vm{experiment.VmsPerHost - 1}" : "")}. Did you mean {NearestNode.To(experiment, asked)}?");
    }

    private static MegatuxException Unknown(string message) => new(ErrorCodes.NodeUnknown, message);
}
