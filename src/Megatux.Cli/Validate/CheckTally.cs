using Megatux.Model;

namespace Megatux.Cli;

/// <summary>On which nodes a check holds, and why it does not on the others. From any thread.</summary>
/// <param name="nodes">The nodes.</param>
/// <param name="quota">How many it must hold on.</param>
internal sealed class CheckTally(NodeSet nodes, NodeQuota quota)
{
    /// <summary>As many reasons as are told apart: whatever nodes say, a report has a bounded length.</summary>
    internal const int MostReasons = 64;

    private const int LongestReason = 500;
    private const string Others = "other reasons", Silence = "no answer";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, NodeSet> _failures = new(StringComparer.Ordinal);

    /// <summary>The nodes.</summary>
    internal NodeSet Nodes { get; } = nodes;

    /// <summary>How many it must hold on.</summary>
    internal NodeQuota Quota { get; } = quota;

    /// <summary>Those that it holds on.</summary>
    internal NodeSet Passed { get; private set; } = NodeSet.Empty;

    /// <summary>Those that it does not hold on, or not yet.</summary>
    internal NodeSet Failing => Nodes.Except(Passed);

    /// <summary>Whether it holds on as many as it must.</summary>
    internal bool Holds => Quota.IsMet(Passed.Count, Nodes.Count);

    /// <summary>Whether it holds on more than it may, which waiting does not mend.</summary>
    internal bool IsExceeded => Quota.IsExact && Passed.Count > Quota.Of(Nodes.Count);

    /// <summary>Why it fails where it does, each reason with its nodes, by the first of them.</summary>
    internal IReadOnlyList<(NodeSet Nodes, string Reason)> Failures
    {
        get
        {
            lock (_lock)
            {
                NodeSet silent = Failing.Except(NodeSet.UnionOf(_failures.Values));
                var groups = _failures.Select(failure => (Nodes: failure.Value, Reason: failure.Key)).ToList();
                if (!silent.IsEmpty)
                    groups.Add((silent, Silence));
                NodeSet all = Failing;
                return [.. groups.OrderBy(group => all.RankOf(group.Nodes.NodeAt(0)))];
            }
        }
    }

    /// <summary>It holds on nodes.</summary>
    internal void Pass(NodeSet passed)
    {
        lock (_lock)
        {
            Forget(passed);
            Passed = Passed.Union(passed.Intersect(Nodes));
        }
    }

    /// <summary>It does not hold on nodes, whatever was said of them before.</summary>
    internal void Fail(NodeSet failed, string reason)
    {
        lock (_lock)
        {
            Forget(failed);
            Passed = Passed.Except(failed);
            if (failed.Intersect(Nodes) is not { IsEmpty: false } ours)
                return;
            string shown = ConsoleText.Printable(reason);
            shown = shown.Length <= LongestReason ? shown : $"{shown.AsSpan(0, LongestReason - 1)}…";
            if (_failures.Count >= MostReasons && !_failures.ContainsKey(shown))
                shown = Others;
            _failures[shown] = _failures.TryGetValue(shown, out NodeSet? known) ? known.Union(ours) : ours;
        }
    }

    private void Forget(NodeSet some)
    {
        foreach ((string reason, NodeSet known) in _failures.ToArray())
        {
            NodeSet rest = known.Except(some);
            if (rest.IsEmpty)
                _failures.Remove(reason);
            else if (rest.Count != known.Count)
                _failures[reason] = rest;
        }
    }
}
