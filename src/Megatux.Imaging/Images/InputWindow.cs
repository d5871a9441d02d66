namespace Megatux.Imaging;

/// <summary>
/// Reads a stream through a window that can be looked into without taking from it, so that each compressed piece of an
/// image is read to its last byte and not beyond.
/// </summary>
internal sealed class InputWindow(Stream source)
{
    private readonly byte[] _buffer = new byte[1 << 17];
    private int _start;
    private int _end;

    /// <summary>How many bytes were taken so far.</summary>
    internal long Position { get; private set; }

    /// <summary>What is in the window: at least <paramref name="least"/> bytes unless the stream ends before.</summary>
    internal ReadOnlySpan<byte> Peek(int least)
    {
        if (_end - _start < least)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            _end += source.ReadAtLeast(_buffer.AsSpan(_end), least - _end, throwOnEndOfStream: false);
        }

        return _buffer.AsSpan(_start, _end - _start);
    }

    /// <summary>The same as an array segment, for libraries that know no spans.</summary>
    internal ArraySegment<byte> PeekSegment()
    {
        Peek(1);
        return new ArraySegment<byte>(_buffer, _start, _end - _start);
    }

    /// <summary>Takes bytes that were looked at.</summary>
    internal void Take(int count)
    {
        _start += count;
        Position += count;
    }

    /// <summary>Puts back the last bytes that were taken since the last look.</summary>
    internal void GiveBack(int count)
    {
        _start -= count;
        Position -= count;
    }

    /// <summary>Reads some bytes; 0 at the end of the stream.</summary>
    internal int Read(Span<byte> target)
    {
        ReadOnlySpan<byte> window = Peek(Math.Min(1, target.Length));
        int length = Math.Min(window.Length, target.Length);
        window[..length].CopyTo(target);
        Take(length);
        return length;
    }
}
