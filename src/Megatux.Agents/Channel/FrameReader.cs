namespace Megatux.Agents;

/// <summary>Puts messages together from the pieces that a pipe delivers, however it cuts them. Holds at most one of the longest.</summary>
public sealed class FrameReader
{
    private readonly byte[] _bytes = new byte[ChannelFrame.LongestMessage];
    private int _start, _end;

    /// <summary>True once something has come that is no message: what comes from now on has no meaning.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>
    /// Where the next piece goes. Never empty once <see cref="TryTake"/> has found nothing more. Payloads that were taken
    /// before are gone afterwards.
    /// </summary>
    public Memory<byte> Room()
    {
        _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
        _end -= _start;
        _start = 0;
        return _bytes.AsMemory(_end);
    }

    /// <summary>Says how many bytes were put into the room.</summary>
    public void Add(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - _end);
        _end += count;
    }

    /// <summary>Takes the next message that has come whole; its kind may be one that this version does not know.</summary>
    public bool TryTake(out ChannelKind kind, out ReadOnlyMemory<byte> payload)
    {
        payload = default;
        int length = ChannelFrame.Read(_bytes.AsSpan(_start, _end - _start), out kind, out ReadOnlySpan<byte> found);
        IsBroken |= length < 0;
        if (length <= 0)
            return false;
        payload = _bytes.AsMemory(_start + ChannelFrame.HeaderLength, found.Length);
        _start += length;
        return true;
    }
}
