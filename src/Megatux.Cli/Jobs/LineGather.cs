using Megatux.Model;

namespace Megatux.Cli;

/// <summary>
/// Whole outputs, those folded that are the same. Lines are kept as a tree of what follows what, so that nodes which part
/// company share all that they wrote before.
/// </summary>
internal sealed class LineGather
{
    private readonly Place _start = new(null, default);

    // Sets that have no node in common: who wrote as much as who.
    private readonly Dictionary<NodeSet, Place> _places = [];

    /// <summary>Takes the next line of nodes.</summary>
    internal void Add(NodeSet nodes, LineText text)
    {
        if (_places.Remove(nodes, out Place? place))
        {
            place.Nodes = NodeSet.Empty;
            Put(nodes, place.Then(text));
            return;
        }

        // Taken out first and put back then: some may meet where others are.
        var moves = new List<(NodeSet Nodes, Place To)>();
        foreach ((NodeSet known, Place at) in _places.ToArray())
        {
            NodeSet part = known.Intersect(nodes);
            if (part.IsEmpty)
                continue;
            nodes = nodes.Except(part);
            _places.Remove(known);
            at.Nodes = NodeSet.Empty;
            if (known.Except(part) is { IsEmpty: false } rest)
                moves.Add((rest, at));
            moves.Add((part, at.Then(text)));
            if (nodes.IsEmpty)
                break;
        }

        if (!nodes.IsEmpty)
            moves.Add((nodes, _start.Then(text)));
        foreach ((NodeSet moved, Place to) in moves)
            Put(moved, to);
    }

    /// <summary>Nodes that wrote the same, with all that they wrote, by the first of the nodes.</summary>
    internal List<(NodeSet Nodes, List<LineText> Lines)> Groups()
    {
        NodeSet all = NodeSet.UnionOf(_places.Keys);
        return [.. _places.OrderBy(place => all.RankOf(place.Key.NodeAt(0))).Select(place => (place.Key, place.Value.Lines()))];
    }

    private void Put(NodeSet nodes, Place place)
    {
        if (!place.Nodes.IsEmpty)
            _places.Remove(place.Nodes);
        place.Nodes = place.Nodes.Union(nodes);
        _places.Add(place.Nodes, place);
    }

    private sealed class Place(Place? before, LineText text)
    {
        private Dictionary<LineText, Place>? _next;

        /// <summary>Nodes that have written no more.</summary>
        internal NodeSet Nodes { get; set; } = NodeSet.Empty;

        internal Place Then(LineText next)
        {
            _next ??= [];
            if (!_next.TryGetValue(next, out Place? place))
                _next.Add(next, place = new Place(this, next));
            return place;
        }

        internal List<LineText> Lines()
        {
            var lines = new List<LineText>();
            for (Place at = this; at.Before is { } earlier; at = earlier)
                lines.Add(at.Text);
            lines.Reverse();
            return lines;
        }

        private Place? Before { get; } = before;

        private LineText Text { get; } = text;
    }
}
