using Megatux.Agents;
using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.HostAgent;

/// <content>Links to other daemons.</content>
internal sealed partial class TreeShell
{
    /// <summary>Takes in whoever shows the key.</summary>
    internal void Accept(TlsLink link) => Post(() =>
    {
        ShellLink added = Add();
        added.Use(link);
    });

    /// <inheritdoc/>
    public long Connect(long rank)
    {
        ShellLink link = Add();
        _ = link.ConnectAsync(_addressOf(rank), _key);
        return link.Number;
    }

    /// <inheritdoc/>
    public void Send(long link, TreeMessage message)
    {
        if (link <= FirstNode)
        {
            uint node = (uint)(FirstNode - link);
            MessageParts.Cut(message, NodeCodec, RequestNumber.LongestRest, part => _pipe.Send(ChannelKind.Tree, RequestNumber.Before(node, part)));
        }
        else if (_links.TryGetValue(link, out ShellLink? found) && !found.Send(message))
        {
            // Not now: whoever sends is in the middle of something.
            Close(link);
            Post(() => TellClosed(link));
        }
    }

    /// <inheritdoc/>
    public void Close(long link)
    {
        if (_links.Remove(link, out ShellLink? found))
            found.Close();
    }

    /// <summary>Takes a message from another daemon.</summary>
    internal void Received(ShellLink link, TreeMessage message)
    {
        if (_links.ContainsKey(link.Number) && Monitor?.Receive(link.Number, message, Now) != true)
            Daemon.Receive(link.Number, message, Now);
    }

    /// <summary>A link has ended, or could not be opened.</summary>
    internal void Ended(ShellLink link)
    {
        if (_links.Remove(link.Number))
            TellClosed(link.Number);
    }

    private void TellClosed(long link)
    {
        Daemon.LinkClosed(link, Now);
        Monitor?.LinkClosed(link, Now);
    }

    /// <summary>While the way up is full, nothing is taken from below, and nobody is judged for being silent.</summary>
    private bool Relieve(TimeSpan now)
    {
        bool isFull = Daemon.ParentLink is { } parent && _links.TryGetValue(parent, out ShellLink? up) && up.Unsent > (_nodesMayTalk.IsSet ? MostUnsent : MostUnsent / 4);
        if (isFull)
            Daemon.Pardon(now);
        if (isFull != _nodesMayTalk.IsSet)
            return isFull;
        foreach (ShellLink link in _links.Values)
            if (link.Number != Daemon.ParentLink)
                link.Hold(isFull);
        if (isFull)
            _nodesMayTalk.Reset();
        else
            _nodesMayTalk.Set();
        return isFull;
    }

    private ShellLink Add()
    {
        var link = new ShellLink(++_lastLink, this);
        _links.Add(link.Number, link);
        return link;
    }
}
