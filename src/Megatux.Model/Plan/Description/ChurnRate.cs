using System.Globalization;

namespace Megatux.Model;

/// <summary>
/// How much guests come and go: the fraction of them that reboot in a week, 0.11 in the botnets that Megatux was built to
/// study. More than 1 is several reboots a week each.
/// </summary>
public static class ChurnRate
{
    /// <summary>The highest rate a week: each guest once a second.</summary>
    public const int Most = SecondsInWeek;

    /// <summary>What a rate looks like, for messages.</summary>
    public const string Form = "a fraction of guests a week such as 0.11, or of another unit such as 0.5/hour (second, minute, hour, day or week)";

    /// <summary>Days, and seconds, of a week.</summary>
    public const int DaysInWeek = 7, SecondsInWeek = 604_800;

    private static readonly (string Name, int InWeek)[] Units =
        [("second", SecondsInWeek), ("minute", SecondsInWeek / 60), ("hour", DaysInWeek * 24), ("day", DaysInWeek), ("week", 1)];

    /// <summary>Reboots a day that are to be expected.</summary>
    /// <param name="perWeek">The rate a week.</param>
    /// <param name="guests">How many guests there are.</param>
    public static decimal PerDay(decimal perWeek, long guests) => perWeek * guests / DaysInWeek;

    /// <summary>Reads a rate.</summary>
    /// <param name="text">A decimal number; behind it, if not of a week, a slash and a unit.</param>
    /// <param name="perWeek">The fraction of guests a week in its shortest form; may be out of range.</param>
    /// <returns>False if the text is no rate.</returns>
    public static bool TryParse(string text, out decimal perWeek)
    {
        ArgumentNullException.ThrowIfNull(text);
        perWeek = 0;
        string[] parts = text.Split('/');
        int inWeek = parts.Length == 1 ? 1 : parts.Length > 2 ? 0 : Units.FirstOrDefault(unit => unit.Name == parts[1].Trim()).InWeek;
        if (inWeek == 0 || !ValueParsers.Ratio(parts[0].Trim(), out decimal rate))
            return false;

        // One that is out of range already stays so, and does not overflow.
        decimal product = Math.Abs(rate) > Most ? rate : rate * inWeek;
        return ValueParsers.Ratio(product.ToString(CultureInfo.InvariantCulture), out perWeek);
    }
}
