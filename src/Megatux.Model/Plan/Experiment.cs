namespace Megatux.Model;

/// <summary>
/// An experiment as a handful of ranges and numbers, from which every name, address and route is computed. All functions
/// cost at most the logarithm of the number of ranges, never the number of nodes. They mean something only where
/// <see cref="Check"/> finds nothing wrong.
/// </summary>
public sealed partial record Experiment
{
    /// <summary>What the experiment is called: letters, digits, '-', '_' and '.', 63 at most.</summary>
    public required string Name { get; init; }

    /// <summary>The hosts. Host h is the one of rank h in the set's own order.</summary>
    public required NodeSet Hosts { get; init; }

    /// <summary>Guests on each host, from 0.</summary>
    public required int VmsPerHost { get; init; }

    /// <summary>First address of host 0's guest network, unless <see cref="Equations"/> say otherwise.</summary>
    public required IPv4Address GuestNetworkBase { get; init; }

    /// <summary>Prefix length of each host's guest network, 0 to 32.</summary>
    public required int GuestPrefixLength { get; init; }

    /// <summary>Memory of a guest in MiB, from 1.</summary>
    public required int VmMemoryMiB { get; init; }

    /// <summary>Memory of a host in MiB, from 1; null if nobody said, and then nobody checks it.</summary>
    public int? HostMemoryMiB { get; init; }

    /// <summary>How many times its own memory a host may promise to guests, 1 to 1000.</summary>
    public required decimal MemoryOvercommit { get; init; }

    /// <summary>The fraction of guests that reboot in a week, 0 to <see cref="ChurnRate.Most"/>; 0 for none.</summary>
    public decimal Churn { get; init; }

    /// <summary>What decides which guest reboots when, from 0.</summary>
    public int ChurnSeed { get; init; }

    /// <summary>The network that the hosts share.</summary>
    public required IPv4Network HostNetwork { get; init; }

    /// <summary>Address of host 0; host h has the h-th after it, unless <see cref="Equations"/> say otherwise.</summary>
    public required IPv4Address FirstHostAddress { get; init; }

    /// <summary>The router out of the hosts' network; null if there is none.</summary>
    public IPv4Address? HostGateway { get; init; }

    /// <summary>How a booted host finds out which one it is.</summary>
    public required HostIdentity HostIdentity { get; init; }

    /// <summary>A host's interface in the hosts' network.</summary>
    public required string HostInterface { get; init; }

    /// <summary>First octets of all Ethernet addresses.</summary>
    public required MacPrefix MacPrefix { get; init; }

    /// <summary>What runs the guests.</summary>
    public required Hypervisor Hypervisor { get; init; }

    /// <summary>Nodes under names.</summary>
    public NodeGroups Groups { get; init; } = NodeGroups.None;

    /// <summary>Functions of the plan that the project expresses itself.</summary>
    public NodeEquations Equations { get; init; } = NodeEquations.None;

    /// <summary>How many hosts there are.</summary>
    public long HostCount => Hosts.Count;

    /// <summary>How many guests there are on all hosts.</summary>
    public long GuestCount => HostCount * VmsPerHost;

    /// <summary>All that is wrong with the plan as a whole, each with the property at fault; empty if it can be used.</summary>
    public IReadOnlyList<Problem> Check() => PlanChecks.Run(this, new HashSet<string>(), EquationSamples.Few);
}
