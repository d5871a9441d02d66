using System.Globalization;
using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Cli;

/// <summary>Node sets of jobs: what node sets are, with words and groups of nodes that an experiment has, and what is only known while it runs.</summary>
internal static class NodeSelection
{
    /// <summary>Reads a set.</summary>
    /// <param name="plan">The experiment.</param>
    /// <param name="text">The set: <c>all</c>, <c>allup</c>, <c>hosts!h7</c>.</param>
    /// <param name="states">How the nodes are; asked for when it matters.</param>
    /// <param name="numbers">Whether 4 and 5-8 are guests by their index, as BProc has it.</param>
    /// <exception cref="MegatuxException">The text is no set.</exception>
    internal static NodeSet Of(Experiment plan, string text, Func<NodeStates> states, bool numbers = false) =>
        NodeSet.Parse(text, named: term => Named(plan, term, states, numbers));

    /// <summary>The set, if all of it are nodes of the experiment.</summary>
    /// <exception cref="MegatuxException">Some are not.</exception>
    internal static NodeSet RequireKnown(Experiment plan, NodeSet nodes) => nodes.Except(plan.Everything) is not { IsEmpty: false } unknown ? nodes
        : throw new MegatuxException(ErrorCodes.NodesUnknown, $"{plan.Name} has no {unknown}: its nodes are {plan.Everything}.");

    /// <summary>Nodes of the experiment that are in none of the states.</summary>
    internal static NodeSet DownOf(Experiment plan, NodeStates states) => plan.Everything.Except(states.Up).Except(states.Boot).Except(states.Error);

    private static NodeSet? Named(Experiment plan, string term, Func<NodeStates> states, bool numbers) => term.TrimStart('@') switch
    {
        NodeWords.AllUp => Usual(plan).Intersect(states().Up),
        NodeWords.AllBoot => Usual(plan).Intersect(states().Boot),
        NodeWords.AllError => Usual(plan).Intersect(states().Error),
        NodeWords.AllDown => Usual(plan).Intersect(DownOf(plan, states())),
        _ => plan.Named(term) ?? (numbers ? ByNumber(plan, term) : null),
    };

    private static NodeSet Usual(Experiment plan) => plan.Named(NodeWords.All)!;

    private static NodeSet? ByNumber(Experiment plan, string term)
    {
        string[] ends = term.Split('-');
        if (ends.Length > 2 || !long.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out long first)
            || !long.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out long last))
            return null;
        long count = Usual(plan).Count;
        if (first > last || last >= count)
            throw new MegatuxException(ErrorCodes.NodesUnknown, $"'{term}' is no range of nodes: they are numbered from 0 to {count - 1}, host after host.");
        int guests = plan.VmsPerHost;
        if (guests == 0)
            return HostsAt(plan, first, last);
        (long host, long from) = Math.DivRem(first, guests);
        (long lastHost, long to) = Math.DivRem(last, guests);
        if (host == lastHost)
            return GuestsAt(plan, host, from, to);
        NodeSet between = host + 1 < lastHost ? plan.GuestsOf(HostsAt(plan, host + 1, lastHost - 1)) : NodeSet.Empty;
        return NodeSet.UnionOf([GuestsAt(plan, host, from, guests - 1), between, GuestsAt(plan, lastHost, 0, to)]);
    }

    private static NodeSet GuestsAt(Experiment plan, long host, long first, long last) =>
        NodeSet.Parse(string.Create(CultureInfo.InvariantCulture, $"vm[{first}-{last}].{plan.HostName(host)}"));

    // By ranges of names, of which there are few.
    private static NodeSet HostsAt(Experiment plan, long first, long last)
    {
        var parts = new List<NodeSet>();
        foreach (HostRange range in plan.HostRanges())
        {
            long from = Math.Max(first, range.Rank), to = Math.Min(last, range.Rank + range.Count - 1);
            if (from > to)
                continue;
            string start = plan.HostName(from), prefix = start.TrimEnd("0123456789".ToCharArray());
            parts.Add(NodeSet.Parse(from == to ? start : $"{prefix}[{start[prefix.Length..]}-{plan.HostName(to)[prefix.Length..]}]"));
        }

        return NodeSet.UnionOf(parts);
    }
}
