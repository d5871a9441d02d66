namespace Megatux.Agents;

/// <summary>
/// Writes messages into a pipe, from any thread. After one that the other end did not take, it writes no more: a part of that
/// may have arrived, and would garble what follows.
/// </summary>
public sealed class FrameWriter(Stream pipe)
{
    private readonly byte[] _bytes = new byte[ChannelFrame.LongestMessage];
    private readonly Lock _writing = new();
    private bool _ended;

    /// <summary>Sends a message; one that nobody can take any more is lost.</summary>
    public void Send(ChannelKind kind, ReadOnlySpan<byte> payload)
    {
        lock (_writing)
            Write(ChannelFrame.Write(_bytes, kind, payload));
    }

    /// <summary>Sends messages, as many at once as the longest message has bytes: each write may wake whoever reads.</summary>
    public void Send(ReadOnlySpan<(ChannelKind Kind, byte[] Payload)> messages)
    {
        lock (_writing)
        {
            int length = 0;
            foreach ((ChannelKind kind, byte[] payload) in messages)
            {
                if (length + ChannelFrame.HeaderLength + payload.Length > _bytes.Length)
                {
                    Write(length);
                    length = 0;
                }

                length += ChannelFrame.Write(_bytes.AsSpan(length), kind, payload);
            }

            Write(length);
        }
    }

    private void Write(int length)
    {
        if (_ended || length == 0)
            return;
        try
        {
            pipe.Write(_bytes.AsSpan(0, length));
            pipe.Flush();
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException)
        {
            // Its end is noticed where it is read.
            _ended = true;
        }
    }
}
