namespace Megatux.Imaging;

/// <summary>A buffered stream that shows what comes next, so that a pipe's format can be told by its first bytes. Leaves what it reads from open.</summary>
internal sealed class PeekStream(Stream inner) : ForwardStream
{
    private const int BufferLength = 1 << 16;

    private readonly byte[] buffer = new byte[BufferLength];
    private int start, end;

    /// <summary>The next bytes without taking them: fewer than asked for only at the end of the stream.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (end - start < count)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            while (end < count && inner.Read(buffer, end, BufferLength - end) is > 0 and int got)
                end += got;
        }

        return buffer.AsSpan(start, Math.Min(count, end - start));
    }

    public override int Read(Span<byte> destination)
    {
        if (destination.IsEmpty || Peek(1).IsEmpty)
            return 0;

        int count = Math.Min(destination.Length, end - start);
        buffer.AsSpan(start, count).CopyTo(destination);
        start += count;
        return count;
    }

    // SharpZipLib's bzip2 takes its input byte by byte; the inherited method would allocate for each.
    public override int ReadByte() => start < end || !Peek(1).IsEmpty ? buffer[start++] : -1;
}
