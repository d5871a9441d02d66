using System.Net.Sockets;

namespace Megatux.Tree;

public sealed partial class TlsLink
{
    /// <summary>Queues a frame to be sent; from any thread, and never waits.</summary>
    /// <param name="frame">A whole frame, <see cref="FrameHeader.Length"/> to <see cref="FrameHeader.LongestFrame"/> bytes; it is copied.</param>
    /// <returns>
    /// False when the queue has no room, and then <see cref="ILinkReceiver.HasRoom"/> will be called, or when the link is
    /// closing or gone, and then it will not.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter or longer than a frame can be.</exception>
    public bool TrySend(ReadOnlySpan<byte> frame)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frame.Length, FrameHeader.Length, nameof(frame));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frame.Length, FrameHeader.LongestFrame, nameof(frame));
        if (!_queue.TryAdd(frame, out bool start))
            return false;
        if (start)
            StartWriting();
        return true;
    }

    // Not here and now: what else is sent meanwhile is gathered into the same writes.
    private void StartWriting()
    {
        if (TryEnter())
            ThreadPool.UnsafeQueueUserWorkItem(static link => link.WriteAll(), this, preferLocal: false);
    }

    // As reading: no task, so that what a receiver throws does not pass in silence.
    private async void WriteAll()
    {
        try
        {
            await WriteAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (LinkSocket.IsFailure(failure))
        {
            End(Broken);
        }

        Leave();
    }

    private async Task WriteAsync()
    {
        bool isLast;
        while (_queue.TryTake(out ArraySegment<byte> piece, out isLast))
        {
            bool hasRoom;
            try
            {
                await _stream.WriteAsync(piece).ConfigureAwait(false);
            }
            finally
            {
                hasRoom = _queue.GiveBack(piece);
            }

            if (hasRoom && _reason is null)
                _receiver?.HasRoom(this);
        }

        if (!isLast)
            return;
        // The other end reads to here, and closes.
        await _stream.ShutdownAsync().ConfigureAwait(false);
        _socket.Shutdown(SocketShutdown.Send);
    }
}
