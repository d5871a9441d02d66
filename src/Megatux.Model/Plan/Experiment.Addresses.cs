namespace Megatux.Model;

// The address plan: equations from ranks to addresses, and back.
public partial record Experiment
{
    // Address 0 of a guest network names the network, the last one takes broadcasts.
    internal const int BridgeOffset = 1;
    internal const int FirstGuestOffset = 2;

    /// <summary>Addresses of a guest network that no guest can have: the network's own, the bridge's, the broadcast's.</summary>
    internal const int ReservedAddresses = 3;

    /// <summary>Addresses of each host's guest network, 1 to 2^32.</summary>
    public long GuestNetworkSize => IPv4Network.SizeOf(GuestPrefixLength);

    /// <summary>Hosts' addresses.</summary>
    internal NodeFunction HostAddresses => new(HostCount, FirstHostAddress.Value, 1, Equations.HostAddress);

    /// <summary>First addresses of hosts' guest networks.</summary>
    internal NodeFunction GuestNetworks => new(HostCount, GuestNetworkBase.Value, GuestNetworkSize, Equations.GuestNetwork);

    /// <summary>How far guests' addresses are behind the first of their network.</summary>
    internal NodeFunction GuestPlaces => new(VmsPerHost, FirstGuestOffset, 1, Equations.GuestPlace);

    /// <summary>Addresses of all guest networks together.</summary>
    internal UInt128 GuestSpaceSize => (UInt128)HostCount * (UInt128)GuestNetworkSize;

    /// <summary>Address of a host in the hosts' network.</summary>
    /// <param name="host">The host's rank.</param>
    public IPv4Address HostAddress(long host) => new((uint)HostAddresses.Of(host));

    /// <summary>The network of a host's guests.</summary>
    /// <param name="host">The host's rank.</param>
    public IPv4Network GuestNetwork(long host) => new(new IPv4Address((uint)GuestNetworks.Of(host)), GuestPrefixLength);

    /// <summary>Address of a host's bridge: the first of its guest network.</summary>
    /// <param name="host">The host's rank.</param>
    public IPv4Address BridgeAddress(long host) => GuestNetwork(host).First.Plus(BridgeOffset);

    /// <summary>Address of a guest: guest g has the (g+2)nd of its host's network, unless an equation says otherwise.</summary>
    /// <param name="host">The host's rank.</param>
    /// <param name="guest">The guest's number on that host.</param>
    public IPv4Address GuestAddress(long host, int guest) => GuestNetwork(host).First.Plus(GuestPlaces.Of(guest));

    /// <summary>What an address is for, and whose it is.</summary>
    public AddressUse UseOf(IPv4Address address)
    {
        if (HostNetwork.Contains(address))
            return HostUseOf(address);
        IPv4Address start = new IPv4Network(address, GuestPrefixLength).First;
        long host = GuestNetworks.InverseOf(start.Value);
        return host < 0 ? new AddressUse(AddressRole.Outside) : GuestUseOf(host, address.Value - start.Value);
    }

    /// <summary>A guest's place among all guests: host's rank x guests per host + number.</summary>
    public long GuestIndex(long host, int guest) => host * VmsPerHost + guest;

    /// <summary>The host's rank and the guest's number, from a place among all guests (0 to <see cref="GuestCount"/>-1).</summary>
    public (long Host, int Guest) GuestAt(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, GuestCount);
        return (index / VmsPerHost, (int)(index % VmsPerHost));
    }

    private AddressUse HostUseOf(IPv4Address address)
    {
        long host = HostAddresses.InverseOf(address.Value);
        if (host >= 0)
            return new AddressUse(AddressRole.Host, host);
        return new AddressUse(
            address == HostGateway ? AddressRole.HostGateway
            : address == HostNetwork.First ? AddressRole.HostNetwork
            : address == HostNetwork.Last ? AddressRole.HostBroadcast
            : AddressRole.UnusedHost);
    }

    private AddressUse GuestUseOf(long host, long offset) => offset switch
    {
        0 => new AddressUse(AddressRole.GuestNetwork, host),
        BridgeOffset => new AddressUse(AddressRole.Bridge, host),
        _ when GuestPlaces.InverseOf(offset) is >= 0 and var guest => new AddressUse(AddressRole.Guest, host, (int)guest),
        _ when offset == GuestNetworkSize - 1 => new AddressUse(AddressRole.GuestBroadcast, host),
        _ => new AddressUse(AddressRole.UnusedGuest, host),
    };
}
