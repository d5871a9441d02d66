namespace Megatux.Cli;

/// <summary>Metrics of one name.</summary>
/// <param name="Name">The name, of letters, digits and <c>_</c>; ends with the unit where there is one.</param>
/// <param name="Kind">What they are.</param>
/// <param name="Unit">The unit; nothing where there is none.</param>
/// <param name="Help">What they say.</param>
internal sealed record MetricFamily(string Name, MetricKind Kind, string Unit, string Help)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The lines without the family's name.</summary>
    internal List<MetricPoint> Points { get; } = [];

    /// <summary>Adds a number. A second of the same labels is left out: readers refuse the whole text for it.</summary>
    internal void Add(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var point = new MetricPoint("", Labels(labels), value);
        if (_known.Add(point.Labels))
            Points.Add(point);
    }

    /// <summary>Adds a histogram.</summary>
    /// <param name="ends">Where bins end, in order, without the last, which has no end.</param>
    /// <param name="counts">How many lie in each bin, one more than ends.</param>
    /// <param name="sum">The sum of all numbers.</param>
    /// <param name="labels">Its labels.</param>
    internal void AddHistogram(IReadOnlyList<double> ends, IReadOnlyList<long> counts, double sum, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        string own = Labels(labels);
        if (!_known.Add(own))
            return;
        long before = 0;
        for (int bin = 0; bin < counts.Count; bin++)
        {
            before += counts[bin];
            string end = bin < ends.Count ? MetricsText.Number(ends[bin]) : "+Inf";
            Points.Add(new MetricPoint(MetricPoint.Bucket, $"{own}{(own.Length > 0 ? "," : "")}le=\"{end}\"", before));
        }

        Points.Add(new MetricPoint(MetricPoint.Count, own, before));
        Points.Add(new MetricPoint(MetricPoint.Sum, own, sum));
    }

    private static string Labels(ReadOnlySpan<(string Name, string Value)> labels)
    {
        var text = new System.Text.StringBuilder();
        foreach ((string name, string value) in labels)
            text.Append(text.Length > 0 ? "," : "").Append(name).Append("=\"").Append(MetricsText.Escaped(value, isLabel: true)).Append('"');
        return text.ToString();
    }
}

/// <summary>A line of a family.</summary>
/// <param name="Part">Which part of a histogram it is; nothing for other metrics.</param>
/// <param name="Labels">Its labels, as they are written between braces.</param>
/// <param name="Value">The number.</param>
internal readonly record struct MetricPoint(string Part, string Labels, double Value)
{
    /// <summary>Parts of histograms.</summary>
    internal const string Bucket = "bucket", Count = "count", Sum = "sum";
}
