namespace Megatux.Tree;

public sealed partial class TlsLink
{
    private const string ClosedHere = "it was closed here", PeerClosed = "it closed the link", PeerCut = "it closed the link in the middle of a frame",
        Broken = "the connection broke", NeverSpoke = "it closed the link without a word: does it have another key?";

    private const int Much = 4096;

    private readonly FrameDecoder _decoder = new();
    private TaskCompletionSource? _resumed;
    private bool _hasSpoken;

    /// <summary>
    /// Receives no more until <see cref="Resume"/>. Called from within <see cref="ILinkReceiver.Received"/>, that frame was the
    /// last; from elsewhere, one more may come. The peer is held up in turn, when the kernel's buffers are full; that it closes
    /// the link is not noticed meanwhile.
    /// </summary>
    public void Pause()
    {
        lock (_lock)
            if (_reason is null)
                _resumed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Receives again.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            _resumed?.TrySetResult();
            _resumed = null;
        }
    }

    // No task that somebody would have to look at: a receiver that throws is a defect, and must not pass in silence.
    private async void ReadToEnd()
    {
        string reason;
        try
        {
            reason = await ReadAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (LinkSocket.IsFailure(failure))
        {
            reason = Broken;
        }

        End(reason);
        Leave();
    }

    private async Task<string> ReadAsync()
    {
        int read = 0;
        while (true)
        {
            // A link that waits for little has no buffer. After much there is more, mostly, and looking first would cost.
            if (read < Much)
            {
                _decoder.Release();
                await _stream.ReadAsync(Memory<byte>.Empty).ConfigureAwait(false);
            }

            Memory<byte> room = _decoder.Room();
            read = await _stream.ReadAsync(room).ConfigureAwait(false);
            if (read == 0)
                return _decoder.HoldsPart ? PeerCut : PeerClosed;
            _hasSpoken = true;
            _decoder.Add(read);
            while (Deliver() is { } paused)
                await paused.ConfigureAwait(false);
            if (_decoder.Fault is { } fault)
                return fault;
        }
    }

    /// <summary>Hands over what has come whole, until there is no more (null) or the receiver pauses (until that is done).</summary>
    private Task? Deliver()
    {
        while (true)
        {
            if (Volatile.Read(ref _resumed) is { } resumed)
                return resumed.Task;
            if (_reason is not null || !_decoder.TryTake(out FrameHeader header, out ReadOnlyMemory<byte> frame))
                return null;
            _receiver!.Received(this, header, frame.Span);
        }
    }
}
