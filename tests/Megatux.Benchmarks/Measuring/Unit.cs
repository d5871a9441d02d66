using System.Globalization;

namespace Megatux.Benchmarks;

/// <summary>What is measured.</summary>
internal enum Unit
{
    Seconds,
    Bytes,
    Count,
}

/// <summary>Values with their units.</summary>
internal static class UnitText
{
    private const double Thousand = 1e3, Million = 1e6;

    /// <summary>A value with three digits that count: <c>1.92 s</c>, <c>63.1 ms</c>, <c>4.20 us</c>, <c>31.5 MB</c>.</summary>
    internal static string Of(this Unit unit, double value)
    {
        (double scaled, string name) = unit switch
        {
            Unit.Bytes when Math.Abs(value) >= Million => (value / Million, "MB"),
            Unit.Bytes when Math.Abs(value) >= Thousand => (value / Thousand, "kB"),
            Unit.Bytes => (value, "bytes"),
            Unit.Count => (value, ""),
            Unit.Seconds when value >= 1 => (value, "s"),
            Unit.Seconds when value >= 1 / Thousand => (value * Thousand, "ms"),
            _ => (value * Million, "us"),
        };
        string format = Math.Abs(scaled) >= 100 ? "0" : Math.Abs(scaled) >= 10 ? "0.0" : "0.00";
        return $"{scaled.ToString(format, CultureInfo.InvariantCulture)} {name}".TrimEnd();
    }

    /// <summary>The median, and the least and the most where there are several.</summary>
    internal static string Of(this Unit unit, Distribution values) =>
        values.Runs == 1 ? unit.Of(values.Median) : $"{unit.Of(values.Median)} ({unit.Of(values.Least)}-{unit.Of(values.Most)})";
}
