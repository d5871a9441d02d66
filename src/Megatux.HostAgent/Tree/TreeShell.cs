using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Megatux.Agents;
using Megatux.Model;
using Megatux.Pushmon;
using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.HostAgent;

/// <summary>
/// The tree's daemon of a host, or of the root: the pure cores, on one thread, with links and with the nodes of this machine,
/// which are reached through their launcher.
/// </summary>
internal sealed partial class TreeShell : ITreeEffects, IPrograms, IDisposable
{
    /// <summary>How messages are written.</summary>
    internal static readonly IReadOnlyList<IMessageCodec> Codecs = [new TreeCodec(), XprocMessages.Codec, PushCodec.Instance];

    /// <summary>How messages to and from nodes of this machine are written.</summary>
    internal static readonly IMessageCodec NodeCodec = new CodecList(XprocMessages.Codec, PushCodec.Instance);

    // Links to nodes of this machine have numbers below this one, those to other daemons are not negative.
    private const long FirstNode = -10;

    /// <summary>Bytes that may wait to go up; beyond that, nothing is taken from below.</summary>
    private const int MostUnsent = LinkLimits.Queue / 2;

    // How much is done before the clocks are looked at again.
    private const int MostAtOnce = 32;

    private static readonly TimeSpan CongestionPause = TimeSpan.FromMilliseconds(5);

    private readonly BlockingCollection<Action> _posted = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Dictionary<long, ShellLink> _links = [];
    private readonly Dictionary<uint, Neighbour> _nodes = [];
    private readonly ManualResetEventSlim _nodesMayTalk = new(initialState: true);
    private readonly ExperimentKey _key;
    private readonly Func<long, IPEndPoint> _addressOf;
    private readonly Func<uint, NodeSet> _nameOf;
    private readonly Func<uint, long> _numberOf;
    private readonly MachineChannel _pipe;
    private readonly bool _isRoot;
    private NodeStates _own = NodeStates.None;
    private long _lastLink;

    /// <param name="rank">The host's rank, or <see cref="TreeDaemon.Root"/>.</param>
    /// <param name="expected">How many daemons are expected below the root.</param>
    /// <param name="key">The key of links.</param>
    /// <param name="addressOf">Where the daemon of a rank listens.</param>
    /// <param name="nameOf">The name of a node of this machine by its number.</param>
    /// <param name="pipe">To the launcher of this machine's nodes.</param>
    /// <param name="programs">Where programs that travel are kept.</param>
    /// <param name="listener">At the root, who is told what becomes of jobs.</param>
    /// <param name="numberOf">The number in the experiment of a node of this machine by its number here.</param>
    /// <param name="interval">How often nodes say how they are; null for never.</param>
    /// <param name="reports">At the root, who is told how all nodes are.</param>
    internal TreeShell(
        long rank, long expected, ExperimentKey key, Func<long, IPEndPoint> addressOf, Func<uint, NodeSet> nameOf, MachineChannel pipe,
        BlobStore programs, Func<TreeShell, IJobListener>? listener, Func<uint, long> numberOf, TimeSpan? interval, Action<PushMessage, TimeSpan>? reports = null)
    {
        Store = programs;
        (_isRoot, _key, _addressOf, _nameOf, _numberOf, _pipe) = (rank == TreeDaemon.Root, key, addressOf, nameOf, numberOf, pipe);
        Jobs = listener is null ? null : new JobRoot(() => Daemon!.Members.Up, listener(this));
        Router = new JobRouter(Send, Jobs, this);
        Daemon = new TreeDaemon(rank, expected, Random.Shared.Next(), this, Router);
        Monitor = interval is { } time ? new MonitorDaemon(rank, expected, time, this, reports, Now, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()) : null;
    }

    internal TreeDaemon Daemon { get; }

    internal JobRouter Router { get; }

    /// <summary>How nodes are, where they are to say it.</summary>
    internal MonitorDaemon? Monitor { get; }

    /// <summary>The experiment's jobs: at the root.</summary>
    internal JobRoot? Jobs { get; }

    internal TimeSpan Now => _clock.Elapsed;

    /// <inheritdoc/>
    public IBlobStore Store { get; }

    /// <summary>Does something on the daemon's thread. From any thread.</summary>
    internal void Post(Action work) => _posted.Add(work);

    /// <summary>Runs until the launcher is gone.</summary>
    internal void Run(CancellationToken stop)
    {
        var listener = new Thread(ListenToLauncher) { IsBackground = true };
        listener.Start();
        try
        {
            while (true)
            {
                TimeSpan now = Now;
                if (Daemon.NextTime <= now)
                    Daemon.Tick(now);
                Router.Tick(now);
                Jobs?.Tick(now);
                Monitor?.Tick(now);
                TimeSpan next = Min(Min(Min(Daemon.NextTime, Router.NextTime), Monitor?.NextTime ?? TimeSpan.MaxValue), Jobs?.NextTime ?? TimeSpan.MaxValue);
                if (Relieve(now))
                    next = Min(next, now + CongestionPause);
                int wait = next == TimeSpan.MaxValue ? Timeout.Infinite : (int)Math.Clamp(Math.Ceiling((next - Now).TotalMilliseconds), 0, int.MaxValue);
                if (!_posted.TryTake(out Action? work, wait, stop))
                    continue;
                work();

                // What came together needs no look at all clocks in between.
                for (int more = 1; more < MostAtOnce && _posted.TryTake(out work); more++)
                    work();
            }
        }
        catch (OperationCanceledException)
        {
            // The launcher is gone, and with it all that there was to do.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _posted.Dispose();
        _nodesMayTalk.Dispose();
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
