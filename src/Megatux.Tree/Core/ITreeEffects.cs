namespace Megatux.Tree;

/// <summary>What a daemon of the tree does to the world: its shell does it with sockets, the simulator with a virtual network.</summary>
public interface ITreeEffects
{
    /// <summary>Opens a link to the daemon of a host, or to the root.</summary>
    /// <param name="rank">The host's rank, or <see cref="TreeDaemon.Root"/>.</param>
    /// <returns>
    /// The link's number, unlike that of any other link of this daemon. Messages may be sent at once; where the link cannot
    /// be opened, <see cref="TreeDaemon.LinkClosed"/> follows.
    /// </returns>
    long Connect(long rank);

    /// <summary>Sends a message. Where the other end does not take it for long, the link is closed, and that is told.</summary>
    void Send(long link, TreeMessage message);

    /// <summary>Closes a link: nothing more comes from it, its end included.</summary>
    void Close(long link);
}
