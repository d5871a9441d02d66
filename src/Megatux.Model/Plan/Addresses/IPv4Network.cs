using System.Globalization;
using System.Numerics;

namespace Megatux.Model;

/// <summary>An IPv4 network: all addresses that share their first <paramref name="PrefixLength"/> bits.</summary>
/// <param name="Address">
/// An address of the network; its first one unless a person wrote otherwise (<see cref="IsAligned"/>).
/// </param>
/// <param name="PrefixLength">How many bits are shared, 0 to 32.</param>
public readonly record struct IPv4Network(IPv4Address Address, int PrefixLength)
{
    /// <summary>Bits of an address.</summary>
    public const int AddressBits = 32;

    /// <summary>How many addresses a network of a prefix length (0 to 32) has: 1 to 2^32.</summary>
    public static long SizeOf(int prefixLength) => 1L << (AddressBits - prefixLength);

    /// <summary>The prefix length of the smallest network with at least so many addresses, 1 to 2^32.</summary>
    public static int SmallestFor(long addresses) =>
        addresses <= 1 ? AddressBits : AddressBits - (64 - BitOperations.LeadingZeroCount((ulong)addresses - 1));

    /// <summary>How many addresses the network has, 1 to 2^32.</summary>
    public long Size => SizeOf(PrefixLength);

    /// <summary>The first address, which names the network.</summary>
    public IPv4Address First => new((uint)(Address.Value & -Size));

    /// <summary>The last address, to which broadcasts go.</summary>
    public IPv4Address Last => First.Plus(Size - 1);

    /// <summary>True if <see cref="Address"/> is the first of the network, as it should be.</summary>
    public bool IsAligned => Address == First;

    /// <summary>The prefix length as four octets: 255.255.0.0 for 16.</summary>
    public IPv4Address Mask => new((uint)-Size);

    /// <summary>True if an address is one of the network's.</summary>
    public bool Contains(IPv4Address address) => address >= First && address <= Last;

    /// <summary>Reads an address, a slash and a prefix length: 172.31.0.0/16.</summary>
    /// <returns>False for any other text. Whether the address is the network's first is not asked.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out IPv4Network network)
    {
        network = default;
        int slash = text.IndexOf('/');
        if (slash < 0 || !IPv4Address.TryParse(text[..slash], out IPv4Address address)
            || !Netmask.TryParseLength(text[(slash + 1)..], out int length))
            return false;
        network = new IPv4Network(address, length);
        return true;
    }

    /// <summary>Address, slash, prefix length.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{PrefixLength}");
}
