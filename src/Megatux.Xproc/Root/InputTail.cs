using Megatux.Model;

namespace Megatux.Xproc;

/// <summary>The end of a job's input, kept for nodes to which some of it did not come.</summary>
internal sealed class InputTail
{
    /// <summary>The most bytes that are kept: as much as may be on its way.</summary>
    internal const int MostBytes = 4 << 20;

    /// <summary>The most bytes that are said again at once, well below what a link takes.</summary>
    internal const int MostAtOnce = 256 << 10;

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

    /// <summary>
    /// What there is from an offset on. Of much, the first of it and the last piece, which shows that there is more: whoever gets
    /// it asks again.
    /// </summary>
    internal IEnumerable<InputMessage> From(ulong job, NodeSet nodes, long offset)
    {
        int bytes = 0;
        foreach ((long from, byte[] piece, bool isLast) in _pieces)
        {
            bool isNews = from + piece.Length > offset || isLast;
            if (isNews && (bytes + piece.Length <= MostAtOnce || from + piece.Length == _end))
                yield return new InputMessage(job, nodes, from, piece, isLast);
            bytes += isNews ? piece.Length : 0;
        }
    }
}
