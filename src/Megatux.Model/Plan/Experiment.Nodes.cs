namespace Megatux.Model;

// Whole nodes: everything computed about one machine.
public partial record Experiment
{
    /// <summary>Everything about one host.</summary>
    /// <param name="host">The host's rank, 0 to <see cref="HostCount"/>-1.</param>
    public HostNode Host(long host)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(host);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(host, HostCount);
        return new HostNode
        {
            Name = HostName(host),
            Rank = host,
            Address = HostAddress(host),
            PrefixLength = HostNetwork.PrefixLength,
            Mac = HostMac(host),
            Interface = HostInterface,
            GuestNetwork = GuestNetwork(host),
            Bridge = InterfaceNames.Bridge,
            BridgeAddress = BridgeAddress(host),
            BridgeMac = MacOf(BridgeAddress(host)),
            Guests = VmsPerHost,
            Routes = HostRoutes(host),
        };
    }

    /// <summary>Everything about one guest.</summary>
    /// <param name="host">The host's rank, 0 to <see cref="HostCount"/>-1.</param>
    /// <param name="guest">The guest's number on that host, 0 to <see cref="VmsPerHost"/>-1.</param>
    public GuestNode Guest(long host, int guest)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(host);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(host, HostCount);
        ArgumentOutOfRangeException.ThrowIfNegative(guest);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(guest, VmsPerHost);
        string hostName = HostName(host);
        IPv4Address address = GuestAddress(host, guest);
        IPv4Address gateway = BridgeAddress(host);
        return new GuestNode
        {
            Name = GuestNames.Of(guest, hostName),
            Index = GuestIndex(host, guest),
            Number = guest,
            Host = hostName,
            HostRank = host,
            Address = address,
            PrefixLength = GuestPrefixLength,
            Mac = MacOf(address),
            Interface = InterfaceNames.Guest,
            Tap = InterfaceNames.Tap(guest),
            Gateway = gateway,
            MemoryMiB = VmMemoryMiB,
            Routes = [new Route(Route.Everywhere, InterfaceNames.Guest, gateway)],
        };
    }

    /// <summary>The host or guest of a name; null if there is none.</summary>
    public Node? Find(string name)
    {
        if (TryGetGuest(name, out long host, out int guest))
            return Guest(host, guest);
        host = Hosts.RankOf(name);
        return host < 0 ? null : Host(host);
    }

    /// <summary>The host (by its own address or its bridge's) or guest of an address; null if it is neither's.</summary>
    public Node? Find(IPv4Address address) => UseOf(address) switch
    {
        { Role: AddressRole.Host or AddressRole.Bridge } use => Host(use.HostRank),
        { Role: AddressRole.Guest } use => Guest(use.HostRank, use.Guest),
        _ => null,
    };

    /// <summary>The host or guest of an Ethernet address; null if it is nobody's.</summary>
    public Node? Find(MacAddress mac) => TryGetAddress(mac, out IPv4Address address) ? Find(address) : null;
}
