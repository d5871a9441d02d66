using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Pushmon;

/// <summary>
/// Tells clients how all nodes are, over a socket that only its owner can reach, a line each interval; and takes reductions from
/// them. A client that does not read gets fewer reports, and holds nobody up.
/// </summary>
public sealed partial class MonitorServer : IDisposable
{
    /// <summary>The most clients at once, and the most reductions.</summary>
    public const int MostClients = 64, MostReductions = 16;

    private readonly Experiment _experiment;
    private readonly string _socketPath, _keptPath;
    private readonly TimeSpan _interval;
    private readonly Action<NodeSet, IReadOnlyList<(string Name, string Text)>> _configure;
    private readonly OwnerListener _listener = new();
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
        _listener.Listen(_socketPath, ServeAsync);
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
    public void Dispose() => _listener.Dispose();

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
}
