using System.Buffers;

namespace Megatux.Tree;

/// <summary>
/// What waits to be sent on a link, as bytes in pieces of one size: frames are gathered into large writes, and a slow peer
/// costs what waits for it and no more. For any number of threads that add, and one that takes.
/// </summary>
internal sealed class SendQueue
{
    /// <summary>
    /// Bytes of a piece: as many as TLS puts into one record, so that none is sent for a rest. Larger ones, or records that are
    /// gathered into larger writes, were measured to gain nothing.
    /// </summary>
    public const int Piece = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<byte[]> _full = [];
    private byte[]? _last;
    private int _lastLength;
    private int _bytes;
    private bool _isTaking, _wasFull, _isClosed;

    /// <summary>Bytes that wait or are being sent.</summary>
    public int Bytes
    {
        get
        {
            lock (_lock)
                return _bytes;
        }
    }

    /// <summary>Adds a frame, all of it or nothing.</summary>
    /// <param name="frame">Its bytes, which are copied.</param>
    /// <param name="start">True when nobody takes, and somebody has to begin.</param>
    /// <returns>False when there is no room, or the queue is closed.</returns>
    public bool TryAdd(ReadOnlySpan<byte> frame, out bool start)
    {
        lock (_lock)
        {
            start = false;
            if (_isClosed)
                return false;
            if (frame.Length > LinkLimits.Queue - _bytes)
            {
                _wasFull = true;
                return false;
            }

            _bytes += frame.Length;
            while (!frame.IsEmpty)
            {
                _last ??= ArrayPool<byte>.Shared.Rent(Piece);
                int count = Math.Min(Piece - _lastLength, frame.Length);
                frame[..count].CopyTo(_last.AsSpan(_lastLength));
                frame = frame[count..];
                _lastLength += count;
                if (_lastLength == Piece)
                    EndPiece();
            }

            start = !_isTaking;
            _isTaking = true;
            return true;
        }
    }

    /// <summary>Takes the next piece. When there is none, whoever adds or closes next has to begin again.</summary>
    /// <param name="piece">What to send, and then to give back.</param>
    /// <param name="isLast">True when there is none and never will be.</param>
    public bool TryTake(out ArraySegment<byte> piece, out bool isLast)
    {
        lock (_lock)
        {
            if (_full.TryDequeue(out byte[]? full))
                piece = new ArraySegment<byte>(full, 0, Piece);
            else if (_last is { } last)
                (piece, _last, _lastLength) = (new ArraySegment<byte>(last, 0, _lastLength), null, 0);
            else
                (piece, _isTaking) = (default, false);
            isLast = piece.Array is null && _isClosed;
            return piece.Array is not null;
        }
    }

    /// <summary>Gives back a piece that was sent.</summary>
    /// <returns>True when somebody has found no room, and now there is.</returns>
    public bool GiveBack(ArraySegment<byte> piece)
    {
        ArrayPool<byte>.Shared.Return(piece.Array!);
        lock (_lock)
        {
            _bytes -= piece.Count;
            bool hasRoom = _wasFull && _bytes <= LinkLimits.Queue / 2;
            _wasFull &= !hasRoom;
            return hasRoom;
        }
    }

    /// <summary>Takes no more frames.</summary>
    /// <returns>True when nobody takes, and somebody has to begin.</returns>
    public bool Close()
    {
        lock (_lock)
        {
            bool start = !_isTaking && !_isClosed;
            _isClosed = true;
            _isTaking |= start;
            return start;
        }
    }

    /// <summary>Drops what waits. Only when nobody takes any more.</summary>
    public void Clear()
    {
        Close();
        while (TryTake(out ArraySegment<byte> piece, out _))
            GiveBack(piece);
    }

    private void EndPiece()
    {
        _full.Enqueue(_last!);
        (_last, _lastLength) = (null, 0);
    }
}
