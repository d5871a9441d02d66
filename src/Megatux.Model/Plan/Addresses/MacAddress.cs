namespace Megatux.Model;

/// <summary>An Ethernet address as a number.</summary>
/// <param name="Value">The address, 0 to 2^48-1, its first octet in the highest of the six bytes.</param>
public readonly record struct MacAddress(ulong Value)
{
    /// <summary>Octets of an address.</summary>
    public const int Octets = 6;

    private const int BitsInOctet = 8;

    /// <summary>Reads six octets of two hexadecimal digits each, all joined by ':' or all by '-'.</summary>
    /// <returns>False for any other text.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out MacAddress address)
    {
        bool read = HexOctets.TryParse(text, out ulong value, out int count) && count == Octets;
        address = new MacAddress(read ? value : 0);
        return read;
    }

    /// <summary>The address of six octets in the order in which they are written and sent.</summary>
    /// <exception cref="ArgumentException">They are not six.</exception>
    public static MacAddress FromOctets(ReadOnlySpan<byte> octets)
    {
        if (octets.Length != Octets)
            throw new ArgumentException($"An Ethernet address has {Octets} octets, not {octets.Length}.", nameof(octets));
        ulong value = 0;
        foreach (byte octet in octets)
            value = value << BitsInOctet | octet;
        return new MacAddress(value);
    }

    /// <summary>The octets in the order in which they are written and sent.</summary>
    public byte[] ToOctets()
    {
        byte[] octets = new byte[Octets];
        for (int at = 0; at < Octets; at++)
            octets[at] = (byte)(Value >> (BitsInOctet * (Octets - 1 - at)));
        return octets;
    }

    /// <summary>Six octets in lower-case hexadecimal, joined by ':'.</summary>
    public override string ToString() => HexOctets.Format(Value, Octets);
}
