using System.Globalization;
using System.Text.RegularExpressions;

namespace Megatux.Model;

/// <summary>Values of classic settings as what they mean.</summary>
internal static partial class ClassicRead
{
    /// <summary>A number of machines: 0 or more.</summary>
    public static string Count(ClassicSetting setting) =>
        long.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            ? count.ToString(CultureInfo.InvariantCulture) : throw Bad(setting, "a whole number such as 1024");

    /// <summary>An IPv4 address or mask in four parts.</summary>
    public static string Address(ClassicSetting setting)
    {
        string[] parts = setting.Value.Split('.');
        return parts.Length == 4 && parts.All(part => byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? setting.Value : throw Bad(setting, "four numbers of at most 255, as in 255.255.0.0");
    }

    /// <summary>Memory: MiB without a unit, or with K, M or G.</summary>
    public static string Mebibytes(ClassicSetting setting)
    {
        Match match = MemoryPattern().Match(setting.Value);
        if (!match.Success || !long.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            || number > int.MaxValue)
            throw Bad(setting, "a number of MiB such as 30 or 30M");
        long kibibytes = match.Groups["unit"].Value.ToUpperInvariant() switch
        {
            "K" => number,
            "G" => number << 20,
            _ => number << 10,
        };
        return kibibytes % 1024 == 0 ? (kibibytes / 1024).ToString(CultureInfo.InvariantCulture) : throw Bad(setting, "a whole number of MiB");
    }

    /// <summary>Yes or no, in any of the ways that such files say it.</summary>
    public static bool Truth(ClassicSetting setting) => setting.Value.ToUpperInvariant() switch
    {
        "Y" or "YES" or "1" or "TRUE" or "ON" => true,
        "N" or "NO" or "0" or "FALSE" or "OFF" => false,
        _ => throw Bad(setting, "yes or no (y, n, 1, 0, true, false)"),
    };

    /// <summary>A list that was continued over lines has blanks in it that its brackets do not allow.</summary>
    public static string WithoutBlanksAfterCommas(string value) => BlankPattern().Replace(value, ",");

    private static MegatuxException Bad(ClassicSetting setting, string expected) =>
        new(ErrorCodes.ClassicBadValue, $"{setting.Name} is '{setting.Value}', expected {expected}.", where: setting.Where);

    [GeneratedRegex(@"\A(?<number>[0-9]+)\s*(?:(?<unit>[KkMmGg])(?:[Ii]?[Bb])?)?\z")]
    private static partial Regex MemoryPattern();

    [GeneratedRegex(@"\s*,\s*")]
    private static partial Regex BlankPattern();
}
