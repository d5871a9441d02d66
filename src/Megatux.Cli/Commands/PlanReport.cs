using Megatux.Model;

namespace Megatux.Cli;

/// <summary>What <c>megatux plan</c> tells about an experiment, a node or an address.</summary>
internal static class PlanReport
{
    /// <summary>The experiment as a whole.</summary>
    public static PlanFacts Of(Experiment experiment)
    {
        long last = experiment.HostCount - 1;
        var facts = new PlanFacts()
            .Add("experiment", "Experiment", experiment.Name)
            .Add("hypervisor", "Hypervisor", Name(experiment.Hypervisor))
            .Add("hosts", "Hosts", experiment.HostCount)
            .Add("hostSet", "  named", experiment.Hosts)
            .Add("hostNetwork", "  network", experiment.HostNetwork)
            .Add("hostInterface", "  interface", experiment.HostInterface)
            .Add("hostGateway", "  gateway", experiment.HostGateway)
            .Add("hostIdentity", "  known by", Name(experiment.HostIdentity))
            .Add("firstHost", "  first", Brief(experiment.Host(0)))
            .Add("lastHost", "  last", Brief(experiment.Host(last)))
            .Add("guests", "Guests", experiment.GuestCount)
            .Add("vmsPerHost", "  a host", experiment.VmsPerHost)
            .Add("guestNetworks", "  networks", [.. experiment.GuestSpace().Select(network => network.ToString())])
            .Add("guestPrefixLength", "  prefix length", experiment.GuestPrefixLength);
        if (experiment.VmsPerHost > 0)
            facts.Add("firstGuest", "  first", Brief(experiment.Guest(0, 0)))
                .Add("lastGuest", "  last", Brief(experiment.Guest(last, experiment.VmsPerHost - 1)));
        facts.Add("macPrefix", "MAC prefix", experiment.MacPrefix).Add("memory", "Memory a host", Memory(experiment));
        if (experiment.Churn != 0)
            facts.Add("churn", "Churn", Churn(experiment));
        if (experiment.Equations.Count > 0)
            facts.Add("equations", "Equations", [.. experiment.Equations.Select(equation => $"{equation.Function}: {equation.Expression.ReplaceLineEndings(" ")}")]);
        return experiment.Groups.Count == 0 ? facts : facts.Add("groups", "Groups", [.. experiment.Groups.Select(group => $"@{group.Name}: {group.Nodes.ToString(steps: true)}")]);
    }

    /// <summary>A set of nodes.</summary>
    public static PlanFacts Of(string name, NodeSet nodes) => new PlanFacts()
        .Add("kind", "Kind", "group")
        .Add("name", "Name", name)
        .Add("count", "Nodes", nodes.Count)
        .Add("nodes", "  named", nodes.ToString(steps: true));

    /// <summary>One machine.</summary>
    public static PlanFacts Of(Experiment experiment, Node node) => node is HostNode host ? OfHost(experiment, host) : OfGuest((GuestNode)node);

    /// <summary>An address of the experiment's networks that is no machine's.</summary>
    public static PlanFacts Of(Experiment experiment, IPv4Address address, AddressUse use)
    {
        var facts = new PlanFacts().Add("kind", "Kind", "address").Add("address", "Address", address);
        string role = use.Role switch
        {
            AddressRole.HostNetwork => "the hosts' network itself",
            AddressRole.HostBroadcast => "broadcasts to all hosts",
            AddressRole.HostGateway => "the gateway of the hosts' network",
            AddressRole.GuestNetwork => "the guest network itself",
            AddressRole.GuestBroadcast => "broadcasts to all guests of the host",
            _ => "nobody's",
        };
        facts.Add("role", "Is", role);
        if (use.HostRank < 0)
            return facts.Add("network", "Network", experiment.HostNetwork)
                .Add("firstHost", "First host", Brief(experiment.Host(0)))
                .Add("lastHost", "Last host", Brief(experiment.Host(experiment.HostCount - 1)));

        facts.Add("network", "Network", experiment.GuestNetwork(use.HostRank)).Add("host", "Host", experiment.HostName(use.HostRank));
        if (experiment.VmsPerHost > 0)
            facts.Add("firstGuest", "First guest", Brief(experiment.Guest(use.HostRank, 0)))
                .Add("lastGuest", "Last guest", Brief(experiment.Guest(use.HostRank, experiment.VmsPerHost - 1)));
        return facts;
    }

    private static PlanFacts OfHost(Experiment experiment, HostNode host) => new PlanFacts()
        .Add("kind", "Kind", "host")
        .Add("name", "Name", host.Name)
        .Add("rank", "Rank", host.Rank)
        .Add("address", "Address", host.Address)
        .Add("prefixLength", "Prefix length", host.PrefixLength)
        .Add("mac", "MAC", host.Mac)
        .Add("interface", "Interface", host.Interface)
        .Add("bridge", "Bridge", host.Bridge)
        .Add("bridgeAddress", "  address", host.BridgeAddress)
        .Add("bridgeMac", "  MAC", host.BridgeMac)
        .Add("guestNetwork", "Guest network", host.GuestNetwork)
        .Add("guests", "Guests", host.Guests)
        .Add("firstGuest", "  first", host.Guests == 0 ? null : experiment.GuestName(host.Rank, 0))
        .Add("lastGuest", "  last", host.Guests == 0 ? null : experiment.GuestName(host.Rank, host.Guests - 1))
        .Add("memory", "Memory", Memory(experiment))
        .Add("routes", "Routes", Routes(host));

    private static PlanFacts OfGuest(GuestNode guest) => new PlanFacts()
        .Add("kind", "Kind", "guest")
        .Add("name", "Name", guest.Name)
        .Add("index", "Index of all guests", guest.Index)
        .Add("number", "Number on its host", guest.Number)
        .Add("host", "Host", guest.Host)
        .Add("hostRank", "  rank", guest.HostRank)
        .Add("tap", "  interface", guest.Tap)
        .Add("bridge", "  bridge", InterfaceNames.BridgeOf(guest.Number))
        .Add("address", "Address", guest.Address)
        .Add("prefixLength", "Prefix length", guest.PrefixLength)
        .Add("mac", "MAC", guest.Mac)
        .Add("interface", "Interface", guest.Interface)
        .Add("gateway", "Gateway", guest.Gateway)
        .Add("memoryMiB", "Memory in MiB", guest.MemoryMiB)
        .Add("routes", "Routes", Routes(guest));

    private static PlanFacts Brief(Node node) => new PlanFacts().Add("name", "", node.Name).Add("address", "", node.Address);

    private static PlanFacts Memory(Experiment experiment)
    {
        var facts = new PlanFacts().Add("guestsMiB", "guests in MiB:", (long)experiment.VmsPerHost * experiment.VmMemoryMiB);
        return experiment.HostMemoryMiB is { } memory
            ? facts.Add("hostMiB", "host in MiB:", memory).Add("overcommit", "overcommit:", FormattableString.Invariant($"{experiment.MemoryOvercommit}"))
            : facts;
    }

    private static PlanFacts Churn(Experiment experiment) => new PlanFacts()
        .Add("perWeek", "of the guests a week:", FormattableString.Invariant($"{experiment.Churn}"))
        .Add("rebootsPerDay", "reboots a day:", FormattableString.Invariant($"{ChurnRate.PerDay(experiment.Churn, experiment.GuestCount):0.#}"))
        .Add("seed", "seed:", experiment.ChurnSeed);

    private static List<string> Routes(Node node) => [.. node.Routes.Select(route => route.ToString())];

    private static string Name<T>(T choice) where T : struct, Enum => choice.ToString().ToLowerInvariant();
}
