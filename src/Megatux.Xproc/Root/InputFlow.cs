using Megatux.Model;

namespace Megatux.Xproc;

/// <summary>
/// The input of a job on its way: no more of it than waits for the slowest of its nodes, and of that all pieces, for nodes to
/// which some did not come. Keeps nodes by how far they are, not one by one. Pure.
/// </summary>
internal sealed class InputFlow
{
    /// <summary>The most bytes that nodes may not have taken yet.</summary>
    internal const int Window = 4 * JobLeaf.InputStep;

    /// <summary>How far apart nodes may seem to be; of more, some seem to be less far than they are. One guest alone may lie.</summary>
    private const int MostLevels = 64;

    private readonly Queue<(long Offset, byte[] Bytes, bool IsLast)> _pieces = new();
    private readonly SortedList<long, NodeSet> _taken = [];
    private TaskCompletionSource? _moved;

    /// <summary>How much all have taken, in bytes; the end of the input counts as one.</summary>
    internal long Low { get; private set; }

    /// <summary>How much was sent.</summary>
    internal long End { get; private set; }

    /// <summary>Whether nothing follows what was sent.</summary>
    internal bool IsWhole { get; private set; }

    /// <summary>Is done once nodes have taken more than when it was asked for.</summary>
    internal Task Moved => (_moved ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Whether so much may be sent.</summary>
    internal bool HasRoom(long end) => end <= Low + Window;

    /// <summary>Keeps a piece that is sent; one that has come before is not kept twice.</summary>
    internal void Add(long offset, byte[] bytes, bool isLast)
    {
        if (offset < End || IsWhole || (bytes.Length == 0 && !isLast))
            return;
        _pieces.Enqueue((offset, bytes, isLast));
        (End, IsWhole) = (offset + bytes.Length, isLast);
    }

    /// <summary>Nodes have taken so much.</summary>
    internal void Took(NodeSet nodes, long bytes)
    {
        // By steps: of many nodes, few are equally far to the byte.
        bool isAll = bytes == End || (IsWhole && bytes == End + 1);
        long level = isAll ? bytes : bytes - (bytes % JobLeaf.InputStep);
        if (level <= Low)
            return;
        for (int place = _taken.Count - 1; place >= 0; place--)
        {
            if (_taken.Keys[place] >= level)
                nodes = nodes.Except(_taken.Values[place]);
            else
                Set(place, _taken.Values[place].Except(nodes));
        }

        if (nodes.IsEmpty)
            return;
        _taken[level] = _taken.TryGetValue(level, out NodeSet? others) ? others.Union(nodes) : nodes;
        if (_taken.Count <= MostLevels)
            return;
        _taken.SetValueAtIndex(MostLevels - 1, _taken.Values[MostLevels - 1].Union(_taken.Values[MostLevels]));
        _taken.RemoveAt(MostLevels);
    }

    /// <summary>Sees how far all are that have not ended the job.</summary>
    internal void Settle(NodeSet pending)
    {
        long low = Low;
        if (NodeSet.UnionOf(_taken.Values).Contains(pending))
            foreach ((long level, NodeSet nodes) in _taken)
            {
                low = level;
                if (!nodes.Intersect(pending).IsEmpty)
                    break;
            }

        if (low == Low)
            return;
        Low = low;
        for (int place = _taken.Count - 1; place >= 0; place--)
            if (_taken.Keys[place] <= low)
                _taken.RemoveAt(place);
        while (_pieces.TryPeek(out (long Offset, byte[] Bytes, bool IsLast) first) && first.Offset + first.Bytes.Length <= low && !first.IsLast)
            _pieces.Dequeue();
        Interlocked.Exchange(ref _moved, null)?.SetResult();
    }

    /// <summary>Those of the nodes that have not taken all that was sent, as far as is known.</summary>
    internal NodeSet Behind(NodeSet pending)
    {
        long all = IsWhole ? End + 1 : End;
        return Low >= all ? NodeSet.Empty : pending.Except(NodeSet.UnionOf(_taken.Where(taken => taken.Key >= all).Select(taken => taken.Value)));
    }

    /// <summary>Whether all is there from an offset on.</summary>
    internal bool HasFrom(long offset) => !_pieces.TryPeek(out (long Offset, byte[], bool) first) || first.Offset <= offset;

    /// <summary>What there is from an offset on.</summary>
    internal IEnumerable<InputMessage> From(ulong job, NodeSet nodes, long offset)
    {
        foreach ((long from, byte[] piece, bool isLast) in _pieces)
            if (from + piece.Length > offset || isLast)
                yield return new InputMessage(job, nodes, from, piece, isLast);
    }

    private void Set(int place, NodeSet nodes)
    {
        if (nodes.IsEmpty)
            _taken.RemoveAt(place);
        else
            _taken.SetValueAtIndex(place, nodes);
    }
}
