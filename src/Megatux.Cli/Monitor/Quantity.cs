using System.Globalization;

namespace Megatux.Cli;

/// <summary>Numbers as people read them, in eight letters at most.</summary>
internal static class Quantity
{
    private const string None = "-", Units = "KMGTPE";
    private const double Step = 1024;

    /// <summary>Bytes, with a unit of powers of 1024.</summary>
    internal static string Bytes(double bytes)
    {
        if (!double.IsFinite(bytes))
            return None;
        int unit = -1;
        for (; Math.Abs(bytes) >= 999.5 && unit < Units.Length - 1; unit++)
            bytes /= Step;
        return unit < 0 ? Whole(bytes) : string.Create(CultureInfo.InvariantCulture, $"{bytes.ToString(Math.Abs(bytes) < 9.995 ? "0.00" : Math.Abs(bytes) < 99.95 ? "0.0" : "0", CultureInfo.InvariantCulture)}{Units[unit]}");
    }

    /// <summary>Percent.</summary>
    internal static string Percent(double percent) => double.IsFinite(percent) ? percent.ToString("0.0", CultureInfo.InvariantCulture) + "%" : None;

    /// <summary>A number of no unit.</summary>
    internal static string Plain(double number) => !double.IsFinite(number) ? None
        : Math.Abs(number) is >= 1e6 or (> 0 and < 0.005) ? number.ToString("0.##E0", CultureInfo.InvariantCulture) : number.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A number of things.</summary>
    internal static string Whole(double number) => double.IsFinite(number) ? Math.Round(number).ToString(Math.Abs(number) >= 1e8 ? "0.##E0" : "0", CultureInfo.InvariantCulture) : None;

    /// <summary>Seconds: <c>0:59</c>, <c>23:59:59</c>, <c>9d23h</c>.</summary>
    internal static string Duration(double seconds)
    {
        if (!(seconds >= 0 && seconds < 1e9))
            return None;
        var time = TimeSpan.FromSeconds(Math.Floor(seconds));
        return time.Days > 0 ? string.Create(CultureInfo.InvariantCulture, $"{time.Days}d{time.Hours:00}h")
            : time.Hours > 0 ? time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
            : time.ToString(@"m\:ss", CultureInfo.InvariantCulture);
    }
}
