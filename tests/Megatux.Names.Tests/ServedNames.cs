using System.Net;

namespace Megatux.Names.Tests;

/// <summary>A service on a free port of the loopback interface, ended when disposed.</summary>
internal sealed class ServedNames : IAsyncDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly NameServer _server;
    private readonly Task _running;

    public ServedNames(Model.Experiment experiment, IPAddress? address = null)
    {
        _server = NameServer.Listen(new NameAnswerer(experiment), new IPEndPoint(address ?? IPAddress.Loopback, 0));
        _running = _server.RunAsync(_stop.Token);
    }

    public IPEndPoint EndPoint => _server.EndPoint;

    public Task Running => _running;

    public void Stop() => _stop.Cancel();

    public async ValueTask DisposeAsync()
    {
        Stop();
        await _running.WaitAsync(Deadline);
        _server.Dispose();
        _stop.Dispose();
    }
}
