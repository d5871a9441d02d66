using System.Globalization;

namespace Megatux.Model;

/// <summary>Octets in hexadecimal, joined by one kind of separator.</summary>
internal static class HexOctets
{
    private const int CharactersPerOctet = 3;
    private const int MaxTextLength = MacAddress.Octets * CharactersPerOctet - 1;

    public static bool TryParse(ReadOnlySpan<char> text, out ulong value, out int count)
    {
        value = 0;
        count = (text.Length + 1) / CharactersPerOctet;
        if (text.Length > MaxTextLength || count * CharactersPerOctet != text.Length + 1 || count == 0)
            return false;
        for (int octet = 0; octet < count; octet++)
        {
            int start = octet * CharactersPerOctet;
            if (!byte.TryParse(text.Slice(start, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte part)
                || (octet > 0 && (text[start - 1] is not (':' or '-') || text[start - 1] != text[2])))
                return false;
            value = value << 8 | part;
        }

        return true;
    }

    public static string Format(ulong value, int count)
    {
        Span<char> text = stackalloc char[count * CharactersPerOctet - 1];
        text.Fill(':');
        for (int octet = 0; octet < count; octet++)
            ((byte)(value >> 8 * (count - 1 - octet))).TryFormat(text[(octet * CharactersPerOctet)..], out _, "x2", CultureInfo.InvariantCulture);
        return new string(text);
    }
}
