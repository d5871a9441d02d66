using System.Globalization;

namespace Megatux.Model;

/// <summary>The form of guests' names: <c>vm7.laptop0</c> is guest 7 of host laptop0.</summary>
internal static class GuestNames
{
    public const string Prefix = "vm";

    public static string Of(int guest, string host) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{guest}.{host}");

    /// <summary>Splits a name that has the form of a guest's. Whether there is such a guest is not asked.</summary>
    public static bool TrySplit(ReadOnlySpan<char> name, out int guest, out ReadOnlySpan<char> host, StringComparison comparison = StringComparison.Ordinal)
    {
        guest = 0;
        host = default;
        int dot = name.IndexOf('.');
        if (dot < 0 || !name.StartsWith(Prefix, comparison) || !TryParseNumber(name[Prefix.Length..dot], out guest))
            return false;
        host = name[(dot + 1)..];
        return true;
    }

    /// <summary>Reads a guest's number as it is written in names: no leading zeros, since vm07 is not vm7.</summary>
    public static bool TryParseNumber(ReadOnlySpan<char> text, out int guest)
    {
        guest = 0;
        return text is not ['0', _, ..] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out guest);
    }
}
