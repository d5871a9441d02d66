using Megatux.Pushmon;

namespace Megatux.Cli;

/// <summary>
/// The metrics of a report: aggregates alone, so that there are as many of an experiment of ten nodes as of ten million. Those of the
/// reduction that every root makes have names and units of their own; those of others have the same names, with the reduction
/// and the key as labels, since a program may call them what it likes.
/// </summary>
internal sealed class ReportMetrics
{
    private const string Prefix = "megatux_", OfNodes = "megatux_nodes_", OfReductions = "megatux_reduction_";
    private const int LongestValue = 128;

    // Units that Prometheus asks for: bytes, not KiB; ratios, not percent.
    private static readonly Dictionary<string, (string Name, string Unit, double Factor, string Help)> Known = new(StringComparer.Ordinal)
    {
        ["load"] = ("load", "", 1, "one-minute load of a node"),
        ["busy"] = ("busy", "ratio", 0.01, "part of a node's processor time that is used"),
        ["memory"] = ("memory_used", "bytes", 1024, "memory that a node uses"),
        ["memory-total"] = ("memory", "bytes", 1024, "memory that a node has"),
        ["rx"] = ("received", "bytes_per_second", 1, "bytes that a node receives in a second"),
        ["tx"] = ("sent", "bytes_per_second", 1, "bytes that a node sends in a second"),
        ["tasks"] = ("tasks", "", 1, "tasks of a node"),
        ["uptime"] = ("uptime", "seconds", 1, "time since a node came up"),
    };

    private readonly List<MetricFamily> _families = [];
    private readonly Dictionary<string, MetricFamily> _byName = new(StringComparer.Ordinal);
    private readonly (string, string) _experiment;

    private ReportMetrics(string experiment) => _experiment = ("experiment", experiment);

    /// <summary>The metrics.</summary>
    /// <param name="experiment">The experiment's name.</param>
    /// <param name="report">Its last report; null where there is none, or none of late.</param>
    internal static IReadOnlyList<MetricFamily> Of(string experiment, MonitorReport? report)
    {
        var metrics = new ReportMetrics(experiment);
        metrics.Gauge($"{Prefix}up", "", "Whether the experiment's root reports.").Add(report is null ? 0 : 1, metrics._experiment);
        if (report is not null)
            metrics.Add(report);
        return metrics._families;
    }

    private void Add(MonitorReport report)
    {
        Gauge($"{Prefix}report_timestamp_seconds", "seconds", "When the root made its last report.").Add((report.Time - DateTimeOffset.UnixEpoch).TotalSeconds, _experiment);
        Gauge($"{OfNodes}contributing", "", "Nodes whose samples are in the last report.").Add(report.Contributors, _experiment);
        Gauge($"{OfNodes}expected", "", "Nodes whose samples should be in the last report.").Add(report.Expected, _experiment);
        if (report.OldestAge is { } oldest)
            Gauge($"{Prefix}oldest_sample_age_seconds", "seconds", "Age of the oldest sample in the last report.").Add(oldest, _experiment);
        if (report.NewestAge is { } newest)
            Gauge($"{Prefix}newest_sample_age_seconds", "seconds", "Age of the newest sample in the last report.").Add(newest, _experiment);
        Gauge($"{Prefix}dropped_samples", "", "Samples that were dropped on their way, as far as is known.").Add(report.Dropped, _experiment);
        foreach (ReductionResult result in report.Reductions)
            foreach ((string key, ReportedValue value) in result.Values)
                Add(result.Name, key, value);
        foreach (ReductionProblem problem in report.Problems)
            Gauge($"{OfReductions}problems", "", "What went wrong in a reduction, times.").Add(problem.Count, _experiment, ("reduction", problem.Name));
    }

    private void Add(string reduction, string key, ReportedValue value)
    {
        bool isNodes = reduction == ReportText.Nodes;
        switch (value)
        {
            case StatValue stat when isNodes && Known.TryGetValue(key, out (string Name, string Unit, double Factor, string Help) known):
                Add($"{OfNodes}{known.Name}", known.Unit, known.Factor, known.Help, stat, _experiment);
                break;
            case TopValue top when isNodes && key == "busiest":
                foreach (TopItem item in top.Items)
                    Gauge($"{OfNodes}busiest_ratio", "ratio", "Part of the processor time that the busiest nodes use.").Add(item.Value / 100, _experiment, ("node", Shown(item.Label)));
                break;
            case HistogramValue histogram when isNodes && key == "busy-histogram":
                AddHistogram($"{OfNodes}busy_distribution_ratio", "ratio", "How busy nodes are. The sum is made of the bins' middles.", histogram, 0.01, _experiment);
                break;
            default:
                AddOther(value, _experiment, ("reduction", reduction), ("key", key));
                break;
        }
    }

    private void AddOther(ReportedValue value, params ReadOnlySpan<(string, string)> labels)
    {
        switch (value)
        {
            case StatValue stat:
                Add($"{OfReductions}value", "", 1, "numbers that a reduction has of nodes", stat, labels);
                break;
            case TopValue top:
                foreach (TopItem item in top.Items)
                    Gauge($"{OfReductions}top", "", "The greatest numbers that a reduction has of nodes.").Add(item.Value, [.. labels, ("label", Shown(item.Label))]);
                break;
            case HistogramValue histogram:
                AddHistogram($"{OfReductions}distribution", "", "How many numbers of a reduction lie where. The sum is made of the bins' middles.", histogram, 1, labels);
                break;
            case DistinctValue distinct:
                Gauge($"{OfReductions}distinct", "", "How many different values a reduction has of nodes, about.").Add(distinct.Estimate, labels);
                break;
            case GroupValue group:
                foreach (GroupedNodes one in group.Groups)
                    Gauge($"{OfReductions}group_size", "", "How many nodes have a value.").Add(one.Nodes.Count, [.. labels, ("value", Shown(ReportText.Shown(one.Value)))]);
                Gauge($"{OfReductions}group_others", "", "How many nodes have values that found no room.").Add(group.Others, labels);
                break;
            case OtherValue { Datum.Kind: Sexp.DatumKind.Number } other:
                Gauge($"{OfReductions}number", "", "A number that a reduction makes.").Add(Sexp.SexpValue.From(other.Datum).ToDouble(), labels);
                break;
        }
    }

    private void Add(string name, string unit, double factor, string what, StatValue stat, params ReadOnlySpan<(string, string)> labels)
    {
        Gauge($"{name}_samples", "", $"How many there are of: {what}.").Add(stat.Count, labels);
        if (stat.Count == 0)
            return;
        string end = unit.Length > 0 ? $"_{unit}" : "";
        foreach ((string part, string help, double value) in (ReadOnlySpan<(string, string, double)>)
            [("min", "Least", stat.Least), ("mean", "Mean", stat.Mean), ("max", "Greatest", stat.Greatest), ("deviation", "Standard deviation", stat.Deviation)])
            Gauge($"{name}_{part}{end}", unit, $"{help} of: {what}.").Add(value * factor, labels);
    }

    private void AddHistogram(string name, string unit, string help, HistogramValue histogram, double factor, params ReadOnlySpan<(string, string)> labels)
    {
        int bins = histogram.Bins.Count;
        double width = (histogram.High - histogram.Low) / bins, sum = histogram.Under * histogram.Low + histogram.Over * histogram.High;
        double[] ends = new double[bins + 1];
        ends[0] = histogram.Low * factor;
        for (int bin = 0; bin < bins; bin++)
        {
            // Rounded: 0.15, not 0.15000000000000002, is what a reader asks for.
            ends[bin + 1] = double.Parse((histogram.EndOf(bin) * factor).ToString("G12", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
            sum += histogram.Bins[bin] * (histogram.Low + width * (bin + 0.5));
        }

        Family(name, MetricKind.Histogram, unit, help).AddHistogram(ends, [histogram.Under, .. histogram.Bins, histogram.Over], sum * factor, labels);
    }

    private MetricFamily Gauge(string name, string unit, string help) => Family(name, MetricKind.Gauge, unit, help);

    private MetricFamily Family(string name, MetricKind kind, string unit, string help)
    {
        if (!_byName.TryGetValue(name, out MetricFamily? family))
        {
            _byName.Add(name, family = new MetricFamily(name, kind, unit, help));
            _families.Add(family);
        }

        return family;
    }

    private static string Shown(string value) => ConsoleText.Printable(value.Length > LongestValue ? value[..LongestValue] : value);
}
