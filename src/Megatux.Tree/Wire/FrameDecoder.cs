using System.Buffers;

namespace Megatux.Tree;

/// <summary>
/// Puts frames together from the pieces that a pipe delivers, however it cuts them. It never holds more than the longest
/// frame, nor memory for what a header only claims: its buffer doubles when as many bytes have come as it holds.
/// </summary>
/// <remarks>Give it bytes by <see cref="Room"/> and <see cref="Add"/>, then take frames until there is none. Not for several threads.</remarks>
public sealed class FrameDecoder
{
    private const int SmallestBuffer = 4096;

    // Rented, since a link that has nothing to read gives its buffer back. The pool may give more than is asked for.
    private byte[] _buffer = [];
    private int _length, _wanted = SmallestBuffer;
    private int _start, _end;

    /// <summary>
    /// Why what came is no frame; null as long as all has been. What comes afterwards has no meaning: close the pipe.
    /// </summary>
    public string? Fault { get; private set; }

    /// <summary>True when a part of a frame has come, so that a pipe's end now would be in the middle of it.</summary>
    public bool HoldsPart => _end > _start;

    /// <summary>Bytes of memory that it holds.</summary>
    public int Held => _buffer.Length;

    /// <summary>
    /// Where the next bytes go. Never empty once <see cref="TryTake"/> has found nothing more, unless there is a
    /// <see cref="Fault"/>. Frames that were taken before are gone afterwards.
    /// </summary>
    public Memory<byte> Room()
    {
        int held = _end - _start;
        if (_length > 0 && _end == _length && held < FrameHeader.LongestFrame)
            _wanted = Math.Min(2 * _length, FrameHeader.LongestFrame);
        if (_wanted > _length)
            Move(_wanted, held);
        else if (_start > 0)
            _buffer.AsSpan(_start, held).CopyTo(_buffer);
        (_start, _end) = (0, held);
        return _buffer.AsMemory(_end, _length - _end);
    }

    /// <summary>Says how many bytes were put into the room.</summary>
    /// <param name="count">At most as many as the last <see cref="Room"/> had.</param>
    public void Add(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _length - _end);
        _end += count;
    }

    /// <summary>Takes the next frame that has come whole; its type may be one that this version does not know.</summary>
    /// <param name="header">The frame's header.</param>
    /// <param name="frame">The whole frame, the header too; there until <see cref="Room"/> or <see cref="Release"/>.</param>
    /// <returns>False when more bytes are needed, or there is a <see cref="Fault"/>.</returns>
    public bool TryTake(out FrameHeader header, out ReadOnlyMemory<byte> frame)
    {
        header = default;
        frame = default;
        int held = _end - _start;
        if (Fault is not null || held < FrameHeader.Length)
            return false;
        header = FrameHeader.Read(_buffer.AsSpan(_start, held));
        if (!header.HasValidSize)
        {
            Fault = FormattableString.Invariant($"a frame says that it has {header.Size} bytes; it can have {FrameHeader.Length} to {FrameHeader.LongestFrame}");
            return false;
        }

        if (header.Size > held)
            return false;
        frame = _buffer.AsMemory(_start, (int)header.Size);
        _start += (int)header.Size;
        return true;
    }

    /// <summary>Gives the buffer back, unless a part of a frame is in it. The next <see cref="Room"/> takes another.</summary>
    public void Release()
    {
        if (HoldsPart || _length == 0)
            return;
        ArrayPool<byte>.Shared.Return(_buffer);
        // What came in large pieces will again; halving it each time forgets that soon.
        _wanted = Math.Max(SmallestBuffer, _wanted / 2);
        (_buffer, _length, _start, _end) = ([], 0, 0, 0);
    }

    /// <summary>Gives the buffer back for good, with what is in it.</summary>
    public void Clear()
    {
        _start = _end;
        Release();
    }

    private void Move(int length, int held)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(length);
        _buffer.AsSpan(_start, held).CopyTo(larger);
        if (_length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = (larger, length);
    }
}
