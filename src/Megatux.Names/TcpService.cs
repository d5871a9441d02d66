using System.Net;
using System.Net.Sockets;

namespace Megatux.Names;

/// <summary>Takes connections and answers on each, within <see cref="TcpLimits"/>.</summary>
internal sealed class TcpService(Socket listener, NameAnswerer answerer)
{
    // When the process has no file descriptor to spare, asking again at once would only burn the processor.
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly TcpClientTable _clients = new();

    /// <summary>Serves until cancelled; then every connection is closed before this returns.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var conversations = new HashSet<Task>();
        try
        {
            while (true)
            {
                if (await AcceptAsync(cancellation).ConfigureAwait(false) is { } client)
                    conversations.Add(ServeAsync(client, cancellation));
                conversations.RemoveWhere(static conversation => conversation.IsCompleted);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Task.WhenAll(conversations).ConfigureAwait(false);
        }
    }

    private async Task<Socket?> AcceptAsync(CancellationToken cancellation)
    {
        try
        {
            return await listener.AcceptAsync(cancellation).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            await Task.Delay(PauseAfterFailure, cancellation).ConfigureAwait(false);
            return null;
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken cancellation)
    {
        using Socket owned = client;
        if ((client.RemoteEndPoint as IPEndPoint)?.Address is not { } address || !_clients.TryEnter(address))
            return;
        try
        {
            await new TcpConversation(client, answerer).RunAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, was too slow, or we stop: nothing is lost that it could not ask again.
        }
        finally
        {
            _clients.Leave(address);
        }
    }
}
