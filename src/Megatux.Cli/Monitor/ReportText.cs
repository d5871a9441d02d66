using System.Globalization;
using Megatux.Pushmon;
using Megatux.Sexp;

namespace Megatux.Cli;

/// <summary>What a report says, in lines for people.</summary>
internal static class ReportText
{
    /// <summary>The reduction that every root makes.</summary>
    internal const string Nodes = "nodes";

    private const double BytesInKibibyte = 1024;
    private const string Bars = " ▁▂▃▄▅▆▇█";

    private static readonly (string Key, string Title, double Factor, Func<double, string> Text)[] Rows =
    [
        ("load", "load", 1, Quantity.Plain),
        ("busy", "busy", 1, Quantity.Percent),
        ("memory", "memory", BytesInKibibyte, Quantity.Bytes),
        ("rx", "rx/s", 1, Quantity.Bytes),
        ("tx", "tx/s", 1, Quantity.Bytes),
        ("tasks", "tasks", 1, Quantity.Whole),
        ("uptime", "uptime", 1, Quantity.Duration),
    ];

    /// <summary>How many lines <see cref="Table"/> has.</summary>
    internal static int TableHeight => Rows.Length + 1;

    /// <summary>A value as people read it: a string without its quotes.</summary>
    internal static string Shown(Datum value) => value.Kind == DatumKind.String ? value.Text : value.ToString();

    /// <summary>The same as <see cref="Head"/> in less than a row of a small screen.</summary>
    internal static string ShortHead(MonitorReport report) => string.Create(CultureInfo.InvariantCulture,
        $"{report.Time:HH:mm:ss}  {report.Contributors} of {report.Expected} nodes{(report.OldestAge is { } oldest ? $"  {oldest:0.0} s old" : "")}  {report.Dropped} dropped");

    /// <summary>Time, and how much of the experiment the report is about.</summary>
    internal static string Head(MonitorReport report) => string.Create(CultureInfo.InvariantCulture,
        $"{report.Time:yyyy-MM-dd HH:mm:ss} UTC  {report.Contributors} of {report.Expected} nodes{Age(report)}  {report.Dropped} dropped");

    /// <summary>The least, mean and greatest of what nodes said, under a line of titles.</summary>
    internal static IEnumerable<string> Table(MonitorReport report)
    {
        ReductionResult? nodes = report.Find(Nodes);
        yield return $"{"",-7}{"MIN",10}{"MEAN",10}{"MAX",10}";
        foreach ((string key, string title, double factor, Func<double, string> text) in Rows)
        {
            StatValue? stat = nodes?.Find<StatValue>(key);
            yield return stat is not { Count: > 0 } ? $"{title,-7}{"-",10}{"-",10}{"-",10}"
                : $"{title,-7}{text(stat.Least * factor),10}{text(stat.Mean * factor),10}{text(stat.Greatest * factor),10}";
        }
    }

    /// <summary>The busiest nodes, on one line; nothing where there are none.</summary>
    internal static string Busiest(MonitorReport report) => report.Find(Nodes)?.Find<TopValue>("busiest") is { Items.Count: > 0 } top
        ? "busiest: " + string.Join("  ", top.Items.Select(item => $"{ConsoleText.Printable(item.Label)} {Quantity.Percent(item.Value)}")) : "";

    /// <summary>How the nodes' processors are busy; null where nobody says so.</summary>
    internal static HistogramValue? BusyHistogram(MonitorReport report) => report.Find(Nodes)?.Find<HistogramValue>("busy-histogram");

    /// <summary>A histogram as bars, a letter a bin.</summary>
    /// <param name="histogram">The histogram.</param>
    /// <param name="height">How many lines high.</param>
    /// <returns>The lines from the top.</returns>
    internal static string[] Chart(HistogramValue histogram, int height)
    {
        long greatest = Math.Max(1, histogram.Bins.DefaultIfEmpty().Max());
        int steps = Bars.Length - 1;
        return [.. Enumerable.Range(0, height).Select(line => string.Concat(histogram.Bins.Select(bin =>
        {
            // What there is at all is seen.
            int filled = bin == 0 ? 0 : Math.Max(1, (int)Math.Round((double)bin / greatest * height * steps));
            return Bars[Math.Clamp(filled - (height - 1 - line) * steps, 0, steps)];
        })))];
    }

    /// <summary>What came of a reduction, a line a key.</summary>
    internal static IEnumerable<string> Lines(ReductionResult result)
    {
        int width = Math.Min(20, result.Values.Select(value => value.Key.Length).DefaultIfEmpty().Max());
        foreach ((string key, ReportedValue value) in result.Values)
        {
            string label = ConsoleText.Printable(key).PadRight(width);
            foreach (string line in Lines(value))
            {
                yield return ConsoleText.Printable($"{label}  {line}");
                label = new string(' ', width);
            }
        }
    }

    /// <summary>What goes wrong, a line each.</summary>
    internal static IEnumerable<string> Problems(MonitorReport report, string? only = null) =>
        report.Problems.Where(problem => only is null || problem.Name == only)
            .Select(problem => ConsoleText.Printable(string.Create(CultureInfo.InvariantCulture, $"{problem.Name}: {problem.Count} problems, such as: {problem.Text}")));

    private static IEnumerable<string> Lines(ReportedValue value) => value switch
    {
        StatValue { Count: 0 } => ["of no nodes"],
        StatValue stat => [string.Create(CultureInfo.InvariantCulture,
            $"min {Quantity.Plain(stat.Least)}  mean {Quantity.Plain(stat.Mean)}  max {Quantity.Plain(stat.Greatest)}  deviation {Quantity.Plain(stat.Deviation)}  of {stat.Count}")],
        TopValue top => [string.Join("  ", top.Items.Select(item => $"{item.Label} {Quantity.Plain(item.Value)}"))],
        HistogramValue histogram => [string.Create(CultureInfo.InvariantCulture,
            $"{histogram.Low} |{Chart(histogram, 1)[0]}| {histogram.High}  of {histogram.Count}{(histogram.Under > 0 ? $", {histogram.Under} less" : "")}{(histogram.Over > 0 ? $", {histogram.Over} more" : "")}")],
        DistinctValue distinct => [$"about {Quantity.Whole(distinct.Estimate)} different"],
        GroupValue group => [.. group.Groups.Select(one => $"{Shown(one.Value)}  {one.Nodes}"), .. group.Others > 0 ? (string[])[string.Create(CultureInfo.InvariantCulture, $"others  {group.Others} nodes")] : []],
        OtherValue other => [other.Datum.ToString()],
        _ => [],
    };

    private static string Age(MonitorReport report) => report is { OldestAge: { } oldest, NewestAge: { } newest }
        ? string.Create(CultureInfo.InvariantCulture, $"  samples {newest:0.0} to {oldest:0.0} s old") : "";
}
