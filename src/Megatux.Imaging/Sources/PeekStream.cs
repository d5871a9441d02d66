namespace Megatux.Imaging;

/// <summary>A buffered stream that shows what comes next, so that a pipe's format can be told by its first bytes. Leaves what it reads from open.</summary>
internal sealed class PeekStream(Stream inner) : ForwardStream
{
    private const int BufferLength = 1 << 16;

    private readonly byte[] _buffer = new byte[BufferLength];
    private int _start, _end;

    /// <summary>The next bytes without taking them: fewer than asked for only at the end of the stream.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_end - _start < count)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            while (_end < count && inner.Read(_buffer, _end, BufferLength - _end) is > 0 and int got)
                _end += got;
        }

        return _buffer.AsSpan(_start, Math.Min(count, _end - _start));
    }

    public override int Read(Span<byte> destination)
    {
        if (destination.IsEmpty || Peek(1).IsEmpty)
            return 0;

        int count = Math.Min(destination.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(destination);
        _start += count;
        return count;
    }

    // SharpZipLib's bzip2 takes its input byte by byte; the inherited method would allocate for each.
    public override int ReadByte() => _start < _end || !Peek(1).IsEmpty ? _buffer[_start++] : -1;
}
