using System.Globalization;

namespace Megatux.Model;

/// <summary>
/// An IPv4 address as a number, so that a plan can reckon with it. System.Net.IPAddress is not used for this: it takes
/// "1.2" and "010.0.0.1" for addresses, of which people and programs think differently.
/// </summary>
/// <param name="Value">The address, its first octet in the highest byte.</param>
public readonly record struct IPv4Address(uint Value) : IComparable<IPv4Address>
{
    private const int Octets = 4;
    private const int MaxOctetDigits = 3;
    private const int MaxTextLength = 15;

    /// <summary>Reads four decimal octets joined by dots, without leading zeros, signs or blanks.</summary>
    /// <returns>False, and 0.0.0.0, for any other text.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out IPv4Address address)
    {
        address = default;
        uint value = 0;
        for (int octet = 0; octet < Octets; octet++)
        {
            int end = octet == Octets - 1 ? text.Length : text.IndexOf('.');
            if (end < 0 || !TryParseOctet(text[..end], out uint part))
                return false;
            value = value << 8 | part;
            if (octet < Octets - 1)
                text = text[(end + 1)..];
        }

        address = new IPv4Address(value);
        return true;
    }

    /// <summary>Compares as numbers.</summary>
    public int CompareTo(IPv4Address other) => Value.CompareTo(other.Value);

    /// <summary>True if the left address is the lower one.</summary>
    public static bool operator <(IPv4Address left, IPv4Address right) => left.Value < right.Value;

    /// <summary>True if the left address is the higher one.</summary>
    public static bool operator >(IPv4Address left, IPv4Address right) => left.Value > right.Value;

    /// <summary>True if the left address is not the higher one.</summary>
    public static bool operator <=(IPv4Address left, IPv4Address right) => left.Value <= right.Value;

    /// <summary>True if the left address is not the lower one.</summary>
    public static bool operator >=(IPv4Address left, IPv4Address right) => left.Value >= right.Value;

    /// <summary>The address so many further, modulo 2^32.</summary>
    public IPv4Address Plus(long distance) => new(unchecked((uint)(Value + distance)));

    /// <summary>Four decimal octets joined by dots.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, stackalloc char[MaxTextLength],
            $"{Value >> 24}.{Value >> 16 & 0xff}.{Value >> 8 & 0xff}.{Value & 0xff}");

    private static bool TryParseOctet(ReadOnlySpan<char> text, out uint octet)
    {
        octet = 0;
        if (text.Length is 0 or > MaxOctetDigits || text is ['0', _, ..])
            return false;
        foreach (char digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            octet = octet * 10 + digit - '0';
        }

        return octet <= byte.MaxValue;
    }
}
