using System.Globalization;

namespace Megatux.Model;

/// <summary>Times as a project writes them.</summary>
internal static class Durations
{
    /// <summary>What a time looks like, for messages.</summary>
    internal const string Form = "seconds such as 30 or 0.5, or another unit such as 500ms, 2m or 1h";

    // The longer ends first: "ms" also ends with "s".
    private static readonly (string Unit, decimal Ms)[] Units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)];

    /// <summary>Reads a time in whole milliseconds, of at most 30 days.</summary>
    internal static bool TryParse(string text, out TimeSpan time)
    {
        (string unit, decimal ms) = Units.FirstOrDefault(known => text.EndsWith(known.Unit, StringComparison.Ordinal), ("", 1000));
        time = default;
        if (!decimal.TryParse(text[..^unit.Length].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            || number > (decimal)TimeSpan.FromDays(30).TotalMilliseconds || number * ms > (decimal)TimeSpan.FromDays(30).TotalMilliseconds)
            return false;
        time = TimeSpan.FromMilliseconds((long)(number * ms));
        return true;
    }
}
