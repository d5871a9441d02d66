using System.Net.Sockets;
using Megatux.Model;

namespace Megatux.Pushmon;

/// <summary>
/// Tells clients how all nodes are, over a socket that only its owner can reach, a line each interval; and takes reductions from
/// them. A client that does not read gets fewer reports, and holds nobody up.
/// </summary>
public sealed partial class MonitorServer : IDisposable
{
    /// <summary>The most clients at once, and the most reductions.</summary>
    public const int MostClients = 64, MostReductions = 16;

    /// <summary>The most nodes whose samples one client may have as they are.</summary>
    public const int MostWatched = 256;

    private readonly Experiment _experiment;
    private readonly string _socketPath, _keptPath;
    private readonly TimeSpan _interval;
    private readonly Action<NodeSet, IReadOnlyList<(string Name, string Text)>> _configure;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Watcher> _watchers = [];
    private readonly List<(string Name, string Text)> _reductions;
    private int _clients;

    /// <param name="experiment">The experiment.</param>
    /// <param name="socketPath">Path of the socket, which takes the place of one that an earlier root left.</param>
    /// <param name="keptPath">Path of the file that reductions are kept in.</param>
    /// <param name="interval">How often there is a report.</param>
    /// <param name="configure">Says what is to be pushed from now on. From any thread.</param>
    public MonitorServer(
        Experiment experiment, string socketPath, string keptPath, TimeSpan interval, Action<NodeSet, IReadOnlyList<(string Name, string Text)>> configure)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(configure);
        (_experiment, _socketPath, _keptPath, _interval, _configure) = (experiment, socketPath, keptPath, interval, configure);
        _reductions = [(Reduction.Nodes.Name, Reduction.Nodes.Text), .. KeptReductions.Read(keptPath).Where(kept => kept.Name != Reduction.Nodes.Name && IsGood(kept)).Take(MostReductions - 1)];
    }

    /// <summary>Takes clients from now on.</summary>
    public void Listen()
    {
        if (_reductions.Count > 1)
            Configure();
        File.Delete(_socketPath);
        _listener.Bind(new UnixDomainSocketEndPoint(_socketPath));
        File.SetUnixFileMode(_socketPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _listener.Listen();
        _ = Task.Run(AcceptAsync);
    }

    /// <summary>All nodes are so now.</summary>
    public void Reported(PushMessage push)
    {
        ArgumentNullException.ThrowIfNull(push);
        DateTimeOffset at = DateTimeOffset.UtcNow;
        byte[]? plain = null;
        lock (_watchers)
            foreach (Watcher watcher in _watchers)
                watcher.Reports.Writer.TryWrite(watcher.Nodes is { } nodes
                    ? ReportLine.Write(push, Expected, _interval, at, nodes)
                    : plain ??= ReportLine.Write(push, Expected, _interval, at, watched: null));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        File.Delete(_socketPath);
    }

    private long Expected => _experiment.GuestCount + _experiment.HostCount;

    private static bool IsGood((string Name, string Text) reduction)
    {
        try
        {
            Reduction.Compile(reduction.Name, reduction.Text);
            return true;
        }
        catch (MegatuxException)
        {
            return false;
        }
    }

    private void Configure()
    {
        lock (_watchers)
            _configure(NodeSet.UnionOf(_watchers.Where(watcher => watcher.Nodes is not null).Select(watcher => watcher.Nodes!)), [.. _reductions]);
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket client = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                _ = Task.Run(() => ServeAsync(client));
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
