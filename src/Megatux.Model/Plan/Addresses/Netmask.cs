using System.Globalization;
using System.Numerics;

namespace Megatux.Model;

/// <summary>The forms in which people write how large a network is.</summary>
internal static class Netmask
{
    /// <summary>Reads a prefix length, 0 to 32, in decimal without leading zeros.</summary>
    public static bool TryParseLength(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        return text.Length is 1 or 2 && text is not ['0', _]
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length)
            && length <= IPv4Network.AddressBits;
    }

    /// <summary>
    /// Reads "16", "/16" or "255.255.0.0". Octets whose bits are not ones followed by zeros are an address but no mask:
    /// then <paramref name="holes"/> is true and the length is that of the leading ones.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out int length, out bool holes)
    {
        holes = false;
        if (IPv4Address.TryParse(text, out IPv4Address mask))
        {
            length = BitOperations.LeadingZeroCount(~mask.Value);
            holes = BitOperations.PopCount(mask.Value) != length;
            return !holes;
        }

        return TryParseLength(text is ['/', ..] ? text[1..] : text, out length);
    }
}
