using System.Net;
using Megatux.Tree;

namespace Megatux.HostAgent;

/// <summary>
/// A link of the tree's daemon. What has come and not been dealt with is bounded: then its other end waits. What the other end
/// does not take is bounded, too: then the link is closed.
/// </summary>
internal sealed class ShellLink(long number, TreeShell shell) : ILinkReceiver
{
    // Bytes that wait for the daemon's thread.
    private const int Much = 256 << 10, Little = 64 << 10;

    private readonly MessageFrames.Joiner _joiner = new(TreeShell.Codecs);
    private readonly List<byte[]> _early = [];
    private readonly Lock _lock = new();
    private TlsLink? _link;
    private int _waiting;
    private bool _isClosed, _isPaused, _isHeld;

    internal long Number => number;

    /// <summary>Bytes that the other end has not taken.</summary>
    internal int Unsent => _link?.Waiting ?? 0;

    /// <summary>Connects; what is sent meanwhile goes first.</summary>
    internal async Task ConnectAsync(IPEndPoint peer, ExperimentKey key)
    {
        try
        {
            Use(await TlsLink.ConnectAsync(peer, key, default).ConfigureAwait(false));
        }
        catch (IOException)
        {
            shell.Post(() => shell.Ended(this));
        }
    }

    /// <summary>Goes over this connection.</summary>
    internal void Use(TlsLink link)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                link.Dispose();
                return;
            }

            _link = link;
            link.Start(this);
            foreach (byte[] frame in _early)
                link.TrySend(frame);
            _early.Clear();
        }
    }

    /// <summary>Sends a message.</summary>
    /// <returns>False when the other end does not take it: the link is of no use any more.</returns>
    internal bool Send(TreeMessage message) => MessageFrames.Write(message, TreeShell.Codecs, frame =>
    {
        lock (_lock)
        {
            if (_link is not null)
                return _link.TrySend(frame);
            _early.Add(frame.ToArray());
            return true;
        }
    });

    /// <summary>Reads no more for now, or goes on.</summary>
    internal void Hold(bool hold)
    {
        lock (_lock)
        {
            _isHeld = hold;
            Adjust();
        }
    }

    internal void Close()
    {
        lock (_lock)
            _isClosed = true;
        _link?.Close();
    }

    /// <inheritdoc/>
    public void Received(TlsLink link, in FrameHeader header, ReadOnlySpan<byte> frame)
    {
        TreeMessage? message = _joiner.Add(header, frame);
        if (_joiner.IsBroken)
        {
            link.Dispose();
            return;
        }

        if (message is null)
            return;
        int length = frame.Length;
        lock (_lock)
        {
            _waiting += length;
            Adjust();
        }

        shell.Post(() =>
        {
            if (!_isClosed)
                shell.Received(this, message);
            lock (_lock)
            {
                _waiting -= length;
                Adjust();
            }
        });
    }

    /// <inheritdoc/>
    public void HasRoom(TlsLink link)
    {
    }

    /// <inheritdoc/>
    public void Closed(TlsLink link, string reason) => shell.Post(() =>
    {
        if (!_isClosed)
            shell.Ended(this);
    });

    private void Adjust()
    {
        bool pause = _isHeld || _waiting > (_isPaused ? Little : Much);
        if (pause == _isPaused)
            return;
        _isPaused = pause;
        if (pause)
            _link?.Pause();
        else
            _link?.Resume();
    }
}
