using System.Globalization;
using System.Text;
using Megatux.Model;
using Megatux.Pushmon;

namespace Megatux.Cli;

/// <summary>Writes reports one after the other, in the form that was asked for.</summary>
internal sealed class MonitorOutput
{
    /// <summary>How many reports are waited for until single samples, or a new reduction, are in one.</summary>
    private const int Patience = 8;

    private readonly ByteOutput _output;
    private readonly IMonitorSource _source;

    internal MonitorOutput(IMonitorSource source, TextWriter output) => (_source, _output) = (source, ByteOutput.Of(output));

    /// <summary>Nodes whose single samples are wanted; null for none.</summary>
    internal NodeSet? Nodes { get; init; }

    /// <summary>True for one report alone.</summary>
    internal bool IsOnce { get; init; }

    /// <summary>The only reduction that is wanted; null for all.</summary>
    internal string? Reduction { get; init; }

    /// <summary>True for JSON.</summary>
    internal bool IsJson { get; init; }

    /// <summary>True for samples as they are.</summary>
    internal bool IsRaw { get; init; }

    /// <summary>True where nothing is to be seen.</summary>
    internal bool IsSilent { get; init; }

    /// <summary>Writes until there are no more.</summary>
    internal async Task WriteAsync(CancellationToken cancellation)
    {
        MonitorReport? only = null;
        int seen = 0;
        try
        {
            await foreach (MonitorReport report in _source.WatchAsync(Nodes, cancellation).ConfigureAwait(false))
            {
                only = report;
                if (!IsOnce)
                    Write(report);
                else if (IsWhole(report) || ++seen == Patience)
                    break;
            }

            if (IsOnce && only is not null)
                Write(only);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C.
        }
    }

    private bool IsWhole(MonitorReport report) => (Nodes is null || report.Raw.Count > 0) && (Reduction is null || report.Find(Reduction) is not null);

    private void Write(MonitorReport report)
    {
        if (IsSilent)
            return;
        if (IsJson)
            _output.Write(ReportJson.Of(report, Reduction));
        else if (IsRaw)
            WriteRaw(report);
        else if (Reduction is not null)
            WriteReduction(report, Reduction);
        else
            WriteAll(report);
        _output.Flush();
    }

    private void WriteRaw(MonitorReport report)
    {
        foreach (RawSample sample in report.Raw)
            if (Nodes is null || Nodes.Contains(sample.Node))
                _output.Line("", sample.ToDatum().ToUtf8());
    }

    private void WriteReduction(MonitorReport report, string name)
    {
        Line(ReportText.Head(report));
        foreach (string line in report.Find(name) is { } result ? ReportText.Lines(result) : ["nothing yet"])
            Line("  " + line);
        foreach (string line in ReportText.Problems(report, name))
            Line("  " + line);
    }

    private void WriteAll(MonitorReport report)
    {
        Line($"{_source.Name}  {ReportText.Head(report)}");
        foreach (string line in ReportText.Table(report))
            Line(line);
        if (ReportText.BusyHistogram(report) is { } busy)
            Line(string.Create(CultureInfo.InvariantCulture, $"busy nodes: {Quantity.Percent(busy.Low)} |{ReportText.Chart(busy, 1)[0]}| {Quantity.Percent(busy.High)}"));
        if (ReportText.Busiest(report) is { Length: > 0 } busiest)
            Line(busiest);
        foreach (ReductionResult result in report.Reductions.Where(result => result.Name != ReportText.Nodes))
        {
            Line($"{ConsoleText.Printable(result.Name)}:");
            foreach (string line in ReportText.Lines(result))
                Line("  " + line);
        }

        foreach (string line in ReportText.Problems(report))
            Line(line);
        var rows = new NodeRows();
        rows.Choose(Nodes);
        rows.Take(report);
        List<NodeRow> sorted = NodeColumn.All[0].Sort(rows.All(), isReversed: false);
        if (sorted.Count == 0)
            return;
        Line("");
        int width = NodeTableText.NameWidth(sorted);
        Line(NodeTableText.Titles(width));
        foreach (NodeRow row in sorted)
            Line(NodeTableText.Line(width, row));
    }

    private void Line(string text) => _output.Line("", Encoding.UTF8.GetBytes(text.TrimEnd()));
}
