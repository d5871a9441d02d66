namespace Megatux.Tree;

/// <summary>
/// Whoever a link tells what comes. <see cref="Received"/> is called by one thread at a time; <see cref="HasRoom"/> may be
/// called meanwhile. While they run, nothing is read or sent: do not block in them. Nothing is called after <see cref="Closed"/>.
/// </summary>
public interface ILinkReceiver
{
    /// <summary>A frame has come whole, in the order in which they were sent.</summary>
    /// <param name="link">By which.</param>
    /// <param name="header">The frame's header. Nothing but its size has been checked.</param>
    /// <param name="frame">The whole frame, the header too; gone when this returns.</param>
    void Received(TlsLink link, in FrameHeader header, ReadOnlySpan<byte> frame);

    /// <summary>
    /// <see cref="TlsLink.TrySend"/> has found no room, and now half of the queue is free, which any frame fits into.
    /// </summary>
    void HasRoom(TlsLink link);

    /// <summary>The link is gone, once.</summary>
    /// <param name="link">Which.</param>
    /// <param name="reason">Why, in words that follow the peer's name.</param>
    void Closed(TlsLink link, string reason);
}
