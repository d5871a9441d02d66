using Megatux.Model;

namespace Megatux.Cli;

/// <summary>
/// Lines of the last moments, those folded that are the same in the same place: the first lines of all nodes with each
/// other, then the second ones. Each node's lines stay in their order.
/// </summary>
internal sealed class LineWindow
{
    private readonly SortedDictionary<int, NodeSet> _byCount = [];
    private readonly SortedDictionary<int, Dictionary<(bool IsError, LineText Text), List<NodeSet>>> _places = [];

    /// <summary>Bytes of the lines.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Takes a line.</summary>
    internal void Add(NodeLine line)
    {
        NodeSet others = line.Nodes;
        var moves = new List<(int Count, NodeSet Nodes)>();
        foreach ((int count, NodeSet nodes) in _byCount)
        {
            if (nodes.Intersect(others) is not { IsEmpty: false } part)
                continue;
            moves.Add((count, part));
            others = others.Except(part);
        }

        foreach ((int count, NodeSet nodes) in moves)
        {
            if (_byCount[count].Except(nodes) is { IsEmpty: false } rest)
                _byCount[count] = rest;
            else
                _byCount.Remove(count);
        }

        if (!others.IsEmpty)
            moves.Add((0, others));
        foreach ((int count, NodeSet nodes) in moves)
            Put(count, line, nodes);
    }

    /// <summary>Takes all out: place by place, and in each by the first of the nodes.</summary>
    internal List<NodeLine> Take()
    {
        var lines = new List<NodeLine>();
        NodeSet all = NodeSet.UnionOf(_byCount.Values);
        foreach (Dictionary<(bool IsError, LineText Text), List<NodeSet>> place in _places.Values)
            lines.AddRange(place.Select(line => new NodeLine(NodeSet.UnionOf(line.Value), line.Key.IsError, line.Key.Text)).OrderBy(line => all.RankOf(line.Nodes.NodeAt(0))));
        _places.Clear();
        _byCount.Clear();
        Bytes = 0;
        return lines;
    }

    private void Put(int place, NodeLine line, NodeSet nodes)
    {
        if (!_places.TryGetValue(place, out Dictionary<(bool IsError, LineText Text), List<NodeSet>>? lines))
            _places.Add(place, lines = []);
        if (!lines.TryGetValue((line.IsError, line.Text), out List<NodeSet>? others))
        {
            lines.Add((line.IsError, line.Text), others = []);
            Bytes += line.Text.Bytes.Length + 1;
        }

        others.Add(nodes);
        _byCount[place + 1] = _byCount.TryGetValue(place + 1, out NodeSet? there) ? there.Union(nodes) : nodes;
    }
}
