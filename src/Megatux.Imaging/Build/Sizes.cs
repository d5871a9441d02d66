using System.Globalization;

namespace Megatux.Imaging;

/// <summary>Sizes as people read them.</summary>
public static class Sizes
{
    private const double Step = 1024;

    private static readonly string[] Units = ["bytes", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Three digits and a unit: 812 bytes, 1.4 MiB, 32 MiB.</summary>
    public static string Of(long bytes)
    {
        double size = bytes;
        int unit = 0;
        for (; size >= Step && unit < Units.Length - 1; unit++)
            size /= Step;
        return string.Create(CultureInfo.InvariantCulture, $"{size.ToString(unit == 0 || size >= 10 ? "0" : "0.0", CultureInfo.InvariantCulture)} {Units[unit]}");
    }
}
