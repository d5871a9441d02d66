using System.Globalization;
using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Cli;

/// <summary>Node sets of jobs: what node sets are, with words for nodes that an experiment has.</summary>
internal static class NodeSelection
{
    /// <summary>All guests; where a project has none, all hosts.</summary>
    internal const string All = "all";

    /// <summary>Nodes of those that are in a state follow it: allup, alldown.</summary>
    private const string Hosts = "hosts", Everything = "everything";

    private const string Operators = ",!&^";

    /// <summary>Reads a set.</summary>
    /// <param name="plan">The experiment.</param>
    /// <param name="text">The set: <c>all</c>, <c>allup</c>, <c>hosts!h7</c>.</param>
    /// <param name="states">How the nodes are; asked for when it matters.</param>
    /// <param name="numbers">Whether 4 and 5-8 are guests by their index, as BProc has it.</param>
    /// <exception cref="MegatuxException">The text is no set.</exception>
    internal static NodeSet Of(Experiment plan, string text, Func<NodeStates> states, bool numbers = false)
    {
        List<(char Operator, string Term)> terms = Split(text);
        if (!terms.Any(term => Named(plan, term.Term, states, numbers) is not null))
            return NodeSet.Parse(text);
        NodeSet nodes = NodeSet.Empty;
        foreach ((char operation, string term) in terms)
        {
            NodeSet part = Named(plan, term, states, numbers) ?? NodeSet.Parse(term);
            nodes = operation switch { '!' => nodes.Except(part), '&' => nodes.Intersect(part), '^' => nodes.SymmetricExcept(part), _ => nodes.Union(part) };
        }

        return nodes;
    }

    /// <summary>Reads a set of which the experiment has every node.</summary>
    /// <inheritdoc cref="Of"/>
    internal static NodeSet Known(Experiment plan, string text, Func<NodeStates> states, bool numbers = false)
    {
        NodeSet nodes = Of(plan, text, states, numbers);
        return nodes.Except(plan.Everything) is { IsEmpty: false } unknown
            ? throw new MegatuxException(ErrorCodes.NodesUnknown, $"{plan.Name} has no {unknown}: its nodes are {plan.Everything}.")
            : nodes;
    }

    /// <summary>Nodes of the experiment that are in none of the states.</summary>
    internal static NodeSet DownOf(Experiment plan, NodeStates states) => plan.Everything.Except(states.Up).Except(states.Boot).Except(states.Error);

    private static NodeSet? Named(Experiment plan, string term, Func<NodeStates> states, bool numbers) => term switch
    {
        All => Usual(plan),
        Everything => plan.Everything,
        Hosts => plan.Hosts,
        "allup" => Usual(plan).Intersect(states().Up),
        "allboot" => Usual(plan).Intersect(states().Boot),
        "allerror" => Usual(plan).Intersect(states().Error),
        "alldown" => Usual(plan).Intersect(DownOf(plan, states())),
        _ => numbers ? ByNumber(plan, term) : null,
    };

    private static NodeSet Usual(Experiment plan) => plan.VmsPerHost > 0 ? plan.Guests : plan.Hosts;

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

    private static List<(char Operator, string Term)> Split(string text)
    {
        var terms = new List<(char, string)>();
        char? operation = null;
        for (int at = 0; at < text.Length;)
        {
            char character = text[at];
            int end = EndOfTerm(text, at);
            if (end > at)
                terms.Add((operation ?? ',', text[at..end]));
            else if (!char.IsWhiteSpace(character) && (operation is not null || terms.Count == 0))
                throw MissingOperand(text, character);
            operation = end > at ? null : char.IsWhiteSpace(character) ? operation : character;
            at = Math.Max(end, at + 1);
        }

        return operation is { } last ? throw MissingOperand(text, last) : terms;
    }

    private static int EndOfTerm(string text, int at)
    {
        for (int depth = 0; at < text.Length && (depth > 0 || !(Operators.Contains(text[at]) || char.IsWhiteSpace(text[at]))); at++)
            depth += text[at] switch { '[' => 1, ']' => -1, _ => 0 };
        return at;
    }

    private static MegatuxException MissingOperand(string text, char operation) =>
        new(ErrorCodes.NodeSetMissingOperand, $"'{text}': a set is missing before or after '{operation}': write it, or remove the sign.");
}
