using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Megatux.Tree;

/// <summary>
/// Lets peers in that show the experiment's key, within <see cref="LinkLimits"/>. Whoever does not show it costs little, and
/// keeps nobody out.
/// </summary>
public sealed class TlsListener : IAsyncDisposable
{
    // When the process has no file descriptor to spare, asking again at once would only burn the processor.
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly ExperimentKey _key;
    private readonly Action<TlsLink> _accepted;
    private readonly RefusalReport _refusals;
    private readonly CancellationTokenSource _stop = new();
    private readonly HandshakeTable _handshakes = new();
    private readonly Task _accepting;

    private TlsListener(Socket socket, ExperimentKey key, Action<TlsLink> accepted, Action<LinkRefusal> refused)
    {
        (_socket, _key, _accepted) = (socket, key, accepted);
        _refusals = new RefusalReport(refused, TimeProvider.System);
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens; the port is the real one.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Listens on an address of this machine.</summary>
    /// <param name="endPoint">Where; port 0 is any free one.</param>
    /// <param name="key">The experiment's; must outlive the listener.</param>
    /// <param name="accepted">Is given each link, to start or dispose it. Must not throw or block.</param>
    /// <param name="refused">Is told who was not let in; of a flood, of some. Must not throw or block.</param>
    /// <exception cref="SocketException">The address is not this machine's, or the port is taken.</exception>
    public static TlsListener Start(IPEndPoint endPoint, ExperimentKey key, Action<TlsLink> accepted, Action<LinkRefusal> refused)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endPoint);
            return Start(socket, key, accepted, refused);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Listens on a socket that is bound already, and closes it in the end.</summary>
    /// <param name="bound">The socket, bound to an address.</param>
    /// <param name="key">The experiment's; must outlive the listener.</param>
    /// <param name="accepted">Is given each link, to start or dispose it. Must not throw or block.</param>
    /// <param name="refused">Is told who was not let in; of a flood, of some. Must not throw or block.</param>
    /// <exception cref="SocketException">It cannot be listened on.</exception>
    public static TlsListener Start(Socket bound, ExperimentKey key, Action<TlsLink> accepted, Action<LinkRefusal> refused)
    {
        ArgumentNullException.ThrowIfNull(bound);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(accepted);
        ArgumentNullException.ThrowIfNull(refused);
        // Before a connection is there: its window is agreed upon as it is made.
        LinkSocket.LimitBuffers(bound);
        bound.Listen(LinkLimits.Backlog);
        return new TlsListener(bound, key, accepted, refused);
    }

    /// <summary>Stops listening; links that are there stay.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _socket.Dispose();
        _handshakes.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var letIn = new HashSet<Task>();
        try
        {
            while (true)
            {
                Socket socket = await NextAsync().ConfigureAwait(false);
                letIn.Add(LetInAsync(socket, await PlaceForAsync(socket).ConfigureAwait(false)));
                letIn.RemoveWhere(static one => one.IsCompleted);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            await Task.WhenAll(letIn).ConfigureAwait(false);
        }
    }

    private async Task<Socket> NextAsync()
    {
        while (true)
            try
            {
                return await _socket.AcceptAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                await Task.Delay(PauseAfterFailure, _stop.Token).ConfigureAwait(false);
            }
    }

    private async Task<HandshakeTable.Handshake> PlaceForAsync(Socket socket)
    {
        try
        {
            return await _handshakes.EnterAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task LetInAsync(Socket socket, HandshakeTable.Handshake handshake)
    {
        using HandshakeTable.Handshake place = handshake;
        var peer = new TlsPeer(_key);
        IPEndPoint? address = null;
        SslStream? stream = null;
        try
        {
            address = (IPEndPoint?)socket.RemoteEndPoint;
            // Until something comes there is no need for the buffers of TLS.
            await socket.ReceiveAsync(Memory<byte>.Empty, place.Late).ConfigureAwait(false);
            stream = LinkSocket.Secure(socket);
            await stream.AuthenticateAsServerAsync(peer.AsServer(), place.Late).ConfigureAwait(false);
        }
        catch (Exception failure) when (LinkSocket.IsFailure(failure))
        {
            if (!_stop.IsCancellationRequested)
                _refusals.Add(address, peer.Reason(failure));
            stream?.Dispose();
            socket.Dispose();
            return;
        }

        _accepted(new TlsLink(socket, stream, address!, wasAccepted: true));
    }
}
