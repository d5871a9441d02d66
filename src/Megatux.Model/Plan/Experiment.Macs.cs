namespace Megatux.Model;

// Ethernet addresses follow from IP addresses, and lead back to them.
public partial record Experiment
{
    /// <summary>The Ethernet address of whoever has an IP address.</summary>
    public MacAddress MacOf(IPv4Address address) => MacPrefix.Of(address);

    /// <summary>The host's, bridge's or guest's IP address that an Ethernet address was derived from.</summary>
    /// <returns>False if it is nobody's in this experiment.</returns>
    public bool TryGetAddress(MacAddress mac, out IPv4Address address)
    {
        address = default;
        return MacPrefix.TryGetRest(mac, out ulong rest)
            && (IsUsed(FirstHostAddress, rest, out address) || IsUsed(GuestNetworkBase.Plus(BridgeOffset), rest, out address));
    }

    // A long prefix leaves only low bits of an address: the one meant is the first at or after the start of a range
    // that has them. The checks saw to it that no two addresses in use share them.
    private bool IsUsed(IPv4Address start, ulong rest, out IPv4Address address)
    {
        ulong period = 1UL << MacPrefix.FreeBits;
        ulong candidate = start.Value + ((rest - start.Value) & (period - 1));
        address = new IPv4Address((uint)candidate);
        return candidate <= uint.MaxValue && UseOf(address).Role is AddressRole.Host or AddressRole.Bridge or AddressRole.Guest;
    }
}
