namespace Megatux.Model;

/// <summary>Where packets to some addresses go.</summary>
/// <param name="Destination">The addresses; 0.0.0.0/0 for all that no other route has.</param>
/// <param name="Interface">The interface by which they leave.</param>
/// <param name="Via">The router that takes them; null when the addresses answer on the interface themselves.</param>
public sealed record Route(IPv4Network Destination, string Interface, IPv4Address? Via = null)
{
    /// <summary>All addresses.</summary>
    public static readonly IPv4Network Everywhere;

    /// <summary>The form that <c>ip route add</c> takes.</summary>
    public override string ToString() =>
        $"{(Destination == Everywhere ? "default" : Destination)}{(Via is { } router ? $" via {router}" : "")} dev {Interface}";
}

/// <summary>All that is computed about one machine of an experiment.</summary>
public abstract record Node
{
    private protected Node()
    {
    }

    /// <summary>The machine's name, in node sets as well as in DNS.</summary>
    public required string Name { get; init; }

    /// <summary>The machine's address on <see cref="Interface"/>.</summary>
    public required IPv4Address Address { get; init; }

    /// <summary>Prefix length of the network that the address is in.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>Ethernet address of <see cref="Interface"/> (of a host: when Megatux runs that as a virtual machine).</summary>
    public required MacAddress Mac { get; init; }

    /// <summary>The machine's interface to the outside.</summary>
    public required string Interface { get; init; }

    /// <summary>
    /// Routes that the machine needs besides those that Linux adds with an address (of a host: its guest network by the bridge).
    /// </summary>
    public required IReadOnlyList<Route> Routes { get; init; }
}

/// <summary>All that is computed about one host.</summary>
public sealed record HostNode : Node
{
    /// <summary>The host's place in the set of hosts, from 0.</summary>
    public required long Rank { get; init; }

    /// <summary>The network of the host's guests.</summary>
    public required IPv4Network GuestNetwork { get; init; }

    /// <summary>Name of the bridge that guests are plugged into.</summary>
    public required string Bridge { get; init; }

    /// <summary>Address of the bridge, the guests' router.</summary>
    public required IPv4Address BridgeAddress { get; init; }

    /// <summary>Ethernet address of the bridge.</summary>
    public required MacAddress BridgeMac { get; init; }

    /// <summary>How many guests the host runs.</summary>
    public required int Guests { get; init; }
}

/// <summary>All that is computed about one guest.</summary>
public sealed record GuestNode : Node
{
    /// <summary>The guest's place among all guests, from 0: host's rank x guests per host + <see cref="Number"/>.</summary>
    public required long Index { get; init; }

    /// <summary>The guest's place among those of its host, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>Name of the host that runs it.</summary>
    public required string Host { get; init; }

    /// <summary>Rank of the host that runs it.</summary>
    public required long HostRank { get; init; }

    /// <summary>Name of the host's end of the guest's cable.</summary>
    public required string Tap { get; init; }

    /// <summary>Address of the host's bridge, by which the guest reaches all others.</summary>
    public required IPv4Address Gateway { get; init; }

    /// <summary>The guest's memory in MiB.</summary>
    public required int MemoryMiB { get; init; }
}
