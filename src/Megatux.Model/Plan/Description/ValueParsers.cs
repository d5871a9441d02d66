using System.Globalization;

namespace Megatux.Model;

/// <summary>Reads single values of a description. All take text without blanks around it.</summary>
internal static class ValueParsers
{
    private const int MiBPerGiB = 1024;

    public static bool Int(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>A ratio, brought to its shortest form so that 1.50 and 1.5 are one value in every file.</summary>
    public static bool Ratio(string text, out decimal value)
    {
        bool read = decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
        value = decimal.Parse(value.ToString("0.############################", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return read;
    }

    /// <summary>MiB, or a number with one of M, MiB, G, GiB.</summary>
    public static bool Memory(string text, out int mebibytes)
    {
        (string number, int factor) = text switch
        {
            _ when text.EndsWith("MiB", StringComparison.Ordinal) => (text[..^3], 1),
            _ when text.EndsWith("GiB", StringComparison.Ordinal) => (text[..^3], MiBPerGiB),
            [.., 'M'] => (text[..^1], 1),
            [.., 'G'] => (text[..^1], MiBPerGiB),
            _ => (text, 1),
        };
        bool read = Int(number, out int value);
        long size = (long)value * factor;
        mebibytes = (int)Math.Clamp(size, int.MinValue, int.MaxValue);
        return read && size == mebibytes;
    }

    public static bool Address(string text, out IPv4Address address) => IPv4Address.TryParse(text, out address);

    public static bool Network(string text, out IPv4Network network) => IPv4Network.TryParse(text, out network);

    public static bool Prefix(string text, out MacPrefix prefix) => MacPrefix.TryParse(text, out prefix);

    public static bool Text(string text, out string value)
    {
        value = text;
        return true;
    }
}
