namespace Megatux.Model;

/// <summary>The first octets that all Ethernet addresses of an experiment share; IPv4 addresses give the rest.</summary>
/// <param name="Value">The octets as a number, the first one highest.</param>
/// <param name="Count">How many octets, 1 to 5.</param>
public readonly record struct MacPrefix(ulong Value, int Count)
{
    /// <summary>The most octets that leave room for an address to differ from another.</summary>
    public const int MaxCount = MacAddress.Octets - 1;

    // IEEE 802-2014, 8.2: the two lowest bits of the first octet.
    private const int MulticastBit = 1;
    private const int LocalBit = 2;

    /// <summary>How many bits of an address follow the prefix: 8 to 40.</summary>
    public int FreeBits => 8 * (MacAddress.Octets - Count);

    /// <summary>True if addresses under the prefix name groups, not machines.</summary>
    public bool IsMulticast => (FirstOctet & MulticastBit) != 0;

    /// <summary>True if addresses under the prefix are free for local use; all others belong to makers of hardware.</summary>
    public bool IsLocal => (FirstOctet & LocalBit) != 0;

    private ulong FirstOctet => Value >> 8 * (Count - 1);

    /// <summary>Reads 1 to 5 octets of two hexadecimal digits each, all joined by ':' or all by '-'.</summary>
    /// <returns>False for any other text.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out MacPrefix prefix)
    {
        bool read = HexOctets.TryParse(text, out ulong value, out int count) && count <= MaxCount;
        prefix = read ? new MacPrefix(value, count) : default;
        return read;
    }

    /// <summary>The prefix followed by the low bits of an address, as many as fit.</summary>
    public MacAddress Of(IPv4Address address) =>
        new(Value << FreeBits | (address.Value & ((1UL << FreeBits) - 1)));

    /// <summary>What follows the prefix in an Ethernet address; false if that has another prefix.</summary>
    public bool TryGetRest(MacAddress address, out ulong rest)
    {
        rest = address.Value & ((1UL << FreeBits) - 1);
        return address.Value >> FreeBits == Value;
    }

    /// <summary>The octets in lower-case hexadecimal, joined by ':'.</summary>
    public override string ToString() => HexOctets.Format(Value, Count);
}
