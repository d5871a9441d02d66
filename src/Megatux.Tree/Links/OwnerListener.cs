using System.Net.Sockets;

namespace Megatux.Tree;

/// <summary>A socket that the root of an experiment serves its owner by, and nobody else can reach.</summary>
public sealed class OwnerListener : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop = new();
    private string? _path;

    /// <summary>Is cancelled when no more clients are taken, and those that there are are let go.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Takes clients from now on.</summary>
    /// <param name="path">Path of the socket, which takes the place of one that an earlier root left.</param>
    /// <param name="serve">Serves one client, and closes its socket.</param>
    public void Listen(string path, Func<Socket, Task> serve)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(serve);
        _path = path;
        File.Delete(path);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _listener.Listen();
        _ = Task.Run(() => AcceptAsync(serve));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        if (_path is not null)
            File.Delete(_path);
    }

    private async Task AcceptAsync(Func<Socket, Task> serve)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket client = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                _ = Task.Run(() => serve(client));
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // No more files may be open for now, for one.
                await Task.Delay(100).ConfigureAwait(false);
            }
        }
    }
}
