using System.Globalization;
using System.Text;

namespace Megatux.Cli;

/// <summary>Metrics as their readers want them: OpenMetrics 1.0.0, or the text format of Prometheus 0.0.4 that came before.</summary>
/// <remarks>
/// The two differ in the types: what lies where at the moment is a gaugehistogram of OpenMetrics, which the older format does not
/// have, so that it is a histogram there. See https://prometheus.io/docs/specs/om/open_metrics_spec/.
/// </remarks>
internal static class MetricsText
{
    internal const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    internal const string PlainType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Writes families; those that have nothing to say are left out.</summary>
    internal static string Write(IEnumerable<MetricFamily> families, bool isOpenMetrics)
    {
        var text = new StringBuilder();
        foreach (MetricFamily family in families.Where(family => family.Points.Count > 0))
        {
            string name = family.Name;
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Escaped(family.Help, isLabel: isOpenMetrics)}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {TypeOf(family.Kind, isOpenMetrics)}\n");
            if (isOpenMetrics && family.Unit.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"# UNIT {name} {family.Unit}\n");
            foreach (MetricPoint point in family.Points)
                text.Append(name).Append(Suffix(point.Part, isOpenMetrics)).Append(point.Labels.Length > 0 ? $"{{{point.Labels}}}" : "")
                    .Append(' ').Append(Number(point.Value)).Append('\n');
        }

        return (isOpenMetrics ? text.Append("# EOF\n") : text).ToString();
    }

    /// <summary>A number as both formats have it.</summary>
    internal static string Number(double value) => double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? value > 0 ? "+Inf" : "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture) is var number && number.AsSpan().IndexOfAny('.', 'E') < 0 ? number + ".0" : number;

    /// <summary>A text as it stands in a line.</summary>
    internal static string Escaped(string text, bool isLabel)
    {
        string escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return isLabel ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private static string TypeOf(MetricKind kind, bool isOpenMetrics) => kind switch
    {
        MetricKind.Histogram => isOpenMetrics ? "gaugehistogram" : "histogram",
        _ => "gauge",
    };

    private static string Suffix(string part, bool isOpenMetrics) => part switch
    {
        "" => "",
        MetricPoint.Bucket => "_bucket",
        _ => isOpenMetrics ? $"_g{part}" : $"_{part}",
    };
}
