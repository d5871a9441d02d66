using System.Collections.Concurrent;
using System.Text;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>Why hosts could not do their work, each in the words of the last time that it was launched. From any thread.</summary>
internal sealed class HostReasons
{
    /// <summary>The longest reason that is kept, in bytes, and how many are told of: many hosts mostly have the same.</summary>
    private const int Longest = 512, MostTold = 8;

    private readonly ConcurrentDictionary<int, (RunningNode Node, string Text)> _reasons = new();

    /// <summary>A host says why.</summary>
    internal void Note(int host, RunningNode node, ReadOnlySpan<byte> text) =>
        _reasons[host] = (node, Encoding.UTF8.GetString(text[..Math.Min(text.Length, Longest)]));

    /// <summary>A host has ended: if it gave no reason this time, an earlier one counts no more.</summary>
    internal void End(int host, RunningNode node)
    {
        if (_reasons.TryGetValue(host, out (RunningNode Node, string Text) last) && last.Node != node)
            _reasons.TryRemove(host, out _);
    }

    /// <summary>The reasons of hosts that are not up, with the hosts of each.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="hosts">Each host's state, by its rank.</param>
    internal IReadOnlyList<(NodeSet Hosts, string Text)> Tell(Experiment experiment, IReadOnlyList<NodeState> hosts) =>
    [
        .. _reasons.Where(reason => hosts[reason.Key] != NodeState.Up)
            .GroupBy(reason => reason.Value.Text, reason => NodeSet.Parse(experiment.HostName(reason.Key)), StringComparer.Ordinal)
            .Take(MostTold).Select(same => (NodeSet.UnionOf(same), same.Key)),
    ];
}
