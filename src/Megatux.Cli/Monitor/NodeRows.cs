using Megatux.Model;
using Megatux.Pushmon;

namespace Megatux.Cli;

/// <summary>The last samples of nodes: of one that says nothing more, what it said last.</summary>
internal sealed class NodeRows
{
    /// <summary>After so many intervals without a new sample a node is stale.</summary>
    private const double StaleIntervals = 3.5;

    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private NodeSet? _nodes;
    private DateTimeOffset _now;
    private TimeSpan _interval = TimeSpan.FromSeconds(1);

    private sealed record Kept(RawSample Sample, NodeRow Row, DateTimeOffset Since);

    /// <summary>Which nodes are shown; null for all that are in reports.</summary>
    internal void Choose(NodeSet? nodes)
    {
        _nodes = nodes;
        if (nodes is null)
            return;
        foreach (string gone in _kept.Keys.Where(node => !nodes.Contains(node)).ToArray())
            _kept.Remove(gone);
    }

    /// <summary>Takes what is new in a report.</summary>
    internal void Take(MonitorReport report)
    {
        (_now, _interval) = (report.Time, report.Interval);
        foreach (RawSample sample in report.Raw)
        {
            if (_nodes?.Contains(sample.Node) == false)
                continue;

            // The same sample again is no news. A node that came up anew begins to count anew.
            if (_kept.TryGetValue(sample.Node, out Kept? last) && last.Sample.Sequence == sample.Sequence && last.Sample.Time <= sample.Time && last.Sample.Data.Equals(sample.Data))
                continue;
            _kept[sample.Node] = new Kept(sample, NodeRow.Of(sample, report.SchemaOf(sample.Node)), report.Time);
        }
    }

    /// <summary>All rows; those of which nothing came yet have no values.</summary>
    internal IEnumerable<NodeRow> All()
    {
        foreach (Kept kept in _kept.Values)
        {
            TimeSpan age = _now - (kept.Since < kept.Sample.Time ? kept.Since : kept.Sample.Time);
            yield return kept.Row with { Age = Math.Max(0, age.TotalSeconds), IsStale = age > _interval * StaleIntervals };
        }

        if (_nodes is null)
            yield break;
        foreach (string node in _nodes.Expand())
            if (!_kept.ContainsKey(node))
                yield return new NodeRow(node) { IsStale = true };
    }
}
