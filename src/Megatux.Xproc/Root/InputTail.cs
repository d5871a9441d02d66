using Megatux.Model;

namespace Megatux.Xproc;

/// <summary>The end of a job's input, kept for nodes to which some of it did not come.</summary>
internal sealed class InputTail
{
    /// <summary>The most bytes that are kept: as much as may be on its way.</summary>
    internal const int MostBytes = 4 << 20;

    private readonly Queue<(long Offset, byte[] Bytes, bool IsLast)> _pieces = new();
    private long _bytes, _end;

    /// <summary>Keeps a piece; one that has come before is not kept twice.</summary>
    internal void Add(long offset, byte[] bytes, bool isLast)
    {
        if (offset < _end || (offset == _end && bytes.Length == 0 && !isLast))
            return;
        _pieces.Enqueue((offset, bytes, isLast));
        _end = offset + bytes.Length;
        _bytes += bytes.Length;
        while (_bytes > MostBytes)
            _bytes -= _pieces.Dequeue().Bytes.Length;
    }

    /// <summary>Whether all is there from an offset on.</summary>
    internal bool HasFrom(long offset) => !_pieces.TryPeek(out (long Offset, byte[], bool) first) || first.Offset <= offset;

    /// <summary>What there is from an offset on.</summary>
    internal IEnumerable<InputMessage> From(ulong job, NodeSet nodes, long offset)
    {
        foreach ((long from, byte[] bytes, bool isLast) in _pieces)
            if (from + bytes.Length > offset || isLast)
                yield return new InputMessage(job, nodes, from, bytes, isLast);
    }
}
