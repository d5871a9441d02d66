namespace Megatux.Model;

// Ethernet addresses follow from IP addresses, and lead back to them; a host's may be the project's own.
public partial record Experiment
{
    /// <summary>The Ethernet address of whoever has an IP address, but for a host's: <see cref="HostMac"/>.</summary>
    public MacAddress MacOf(IPv4Address address) => MacPrefix.Of(address);

    /// <summary>The Ethernet address of a host.</summary>
    /// <param name="host">The host's rank.</param>
    public MacAddress HostMac(long host) =>
        Equations.HostMac is { } own ? new MacAddress((ulong)own.Of(host)) : MacOf(HostAddress(host));

    /// <summary>The host's, bridge's or guest's IP address that belongs to an Ethernet address.</summary>
    /// <returns>False if it is nobody's in this experiment.</returns>
    public bool TryGetAddress(MacAddress mac, out IPv4Address address)
    {
        if (Equations.HostMac?.InverseOf((long)mac.Value) is >= 0 and var host)
        {
            address = HostAddress(host);
            return true;
        }

        address = default;
        if (!MacPrefix.TryGetRest(mac, out ulong rest))
            return false;
        return MacPrefix.FreeBits >= IPv4Network.AddressBits
            ? IsUsed(default, rest, out address)
            : IsUsed(FirstHostAddress, rest, out address) || IsUsed(GuestNetworkBase.Plus(BridgeOffset), rest, out address);
    }

    // A long prefix leaves only low bits of an address: the one meant is the first at or after the start of a range
    // that has them. The checks saw to it that no two addresses in use share them, and that there are no equations then.
    private bool IsUsed(IPv4Address start, ulong rest, out IPv4Address address)
    {
        ulong period = 1UL << MacPrefix.FreeBits;
        ulong candidate = start.Value + ((rest - start.Value) & (period - 1));
        address = new IPv4Address((uint)candidate);
        return candidate <= uint.MaxValue && (UseOf(address).Role is AddressRole.Bridge or AddressRole.Guest
            || (Equations.HostMac is null && UseOf(address).Role is AddressRole.Host));
    }
}
