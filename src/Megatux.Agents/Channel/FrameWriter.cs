namespace Megatux.Agents;

/// <summary>Writes messages into a pipe, from any thread.</summary>
public sealed class FrameWriter(Stream pipe)
{
    private readonly byte[] _bytes = new byte[ChannelFrame.LongestMessage];
    private readonly Lock _writing = new();

    /// <summary>Sends a message; one that nobody can take any more is lost.</summary>
    public void Send(ChannelKind kind, ReadOnlySpan<byte> payload)
    {
        lock (_writing)
        {
            int length = ChannelFrame.Write(_bytes, kind, payload);
            try
            {
                pipe.Write(_bytes.AsSpan(0, length));
                pipe.Flush();
            }
            catch (Exception ended) when (ended is IOException or ObjectDisposedException)
            {
                // Its end is noticed where it is read.
            }
        }
    }
}
