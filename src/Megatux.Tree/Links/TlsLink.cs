using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Megatux.Tree;

/// <summary>
/// A connection to a peer that has the experiment's key too. It carries frames whole and in order, both ways. What it takes is
/// bounded: <see cref="LinkLimits.Queue"/> bytes that wait to be sent, one frame that is being received, the kernel's buffers;
/// without traffic some 50 KiB, which TLS keeps. Keeping it alive is up to whoever uses it.
/// </summary>
public sealed partial class TlsLink : IDisposable
{
    private readonly Socket _socket;
    private readonly SslStream _stream;
    private readonly bool _wasAccepted;
    private readonly SendQueue _queue = new();
    private readonly Lock _lock = new();
    private ILinkReceiver? _receiver;
    private string? _reason;
    private Timer? _closing;

    // Itself, until it ends, and whoever reads and writes: the last of them to leave cleans up.
    private int _users = 1;

    internal TlsLink(Socket socket, SslStream stream, IPEndPoint peer, bool wasAccepted) =>
        (_socket, _stream, Peer, _wasAccepted) = (socket, stream, peer, wasAccepted);

    /// <summary>The other end.</summary>
    public IPEndPoint Peer { get; }

    /// <summary>Bytes that wait to be sent.</summary>
    public int Waiting => _queue.Bytes;

    /// <summary>Connects to a peer, who has shown that it has the key when this returns. It may still refuse ours: then the link closes.</summary>
    /// <param name="peer">Where it listens.</param>
    /// <param name="key">The experiment's; must outlive this call.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">Nobody answers there in time, or somebody without the key; the message says which.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> wants it.</exception>
    public static async Task<TlsLink> ConnectAsync(IPEndPoint peer, ExperimentKey key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(peer);
        ArgumentNullException.ThrowIfNull(key);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(LinkLimits.Connecting);
        var socket = new Socket(peer.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        var check = new TlsPeer(key);
        SslStream? stream = null;
        try
        {
            LinkSocket.LimitBuffers(socket);
            await socket.ConnectAsync(peer, late.Token).ConfigureAwait(false);
            stream = LinkSocket.Secure(socket);
            await stream.AuthenticateAsClientAsync(check.AsClient(), late.Token).ConfigureAwait(false);
            return new TlsLink(socket, stream, peer, wasAccepted: false);
        }
        catch (Exception failure) when (LinkSocket.IsFailure(failure))
        {
            stream?.Dispose();
            socket.Dispose();
            cancellation.ThrowIfCancellationRequested();
            string reason = stream is not null ? check.Reason(failure)
                : failure is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? "nobody listens there"
                : failure is OperationCanceledException ? "it does not answer"
                : $"it cannot be reached ({(failure as SocketException)?.SocketErrorCode})";
            throw new IOException($"{peer}: {reason}", failure);
        }
    }

    /// <summary>Begins to receive. Once, by whoever was given the link.</summary>
    /// <param name="receiver">Is told what comes, on other threads.</param>
    public void Start(ILinkReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        lock (_lock)
        {
            if (_receiver is not null)
                throw new InvalidOperationException("the link was started already");
            _receiver = receiver;
            // One that ended before tells so now.
            _users++;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static link => link.ReadToEnd(), this, preferLocal: false);
    }

    /// <summary>
    /// Sends what is queued, takes no more, and closes the link when the peer has closed it too, after
    /// <see cref="LinkLimits.Closing"/> at the latest. What still comes is received.
    /// </summary>
    public void Close()
    {
        lock (_lock)
        {
            if (_reason is not null || _closing is not null)
                return;
            _closing = new Timer(static link => ((TlsLink)link!).End(ClosedHere), this, LinkLimits.Closing, Timeout.InfiniteTimeSpan);
        }

        if (_queue.Close())
            StartWriting();
    }

    /// <summary>Closes the link at once; what is queued is lost.</summary>
    public void Dispose() => End(ClosedHere);

    private void End(string reason)
    {
        lock (_lock)
        {
            if (_reason is not null)
                return;
            _reason = _closing is not null ? ClosedHere
                : reason is Broken or PeerClosed && !_wasAccepted && !_hasSpoken ? NeverSpoke
                : reason;
            _closing?.Dispose();
            // Whoever reads or writes notices now, and leaves. Closed here and now, .NET would break the connection off, and the
            // peer would not know that it was on purpose.
            LinkSocket.ShutDown(_socket);
            _resumed?.TrySetResult();
        }

        Leave();
    }

    private bool TryEnter()
    {
        lock (_lock)
        {
            if (_reason is not null)
                return false;
            _users++;
            return true;
        }
    }

    private void Leave()
    {
        lock (_lock)
            if (--_users > 0)
                return;
        _stream.Dispose();
        _queue.Clear();
        _decoder.Clear();
        _receiver?.Closed(this, _reason!);
    }
}
