using System.Collections.Concurrent;
using System.Diagnostics;
using Megatux.Agents;
using Megatux.Hypervisors;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>
/// Runs nodes, the guests of a host or the hosts of a front-end: starts them, starts again those that fail, and ends them.
/// Everything happens on the thread that calls <see cref="Run"/>; other threads <see cref="Post"/>.
/// </summary>
internal sealed class NodePool(INodeLauncher launcher, string logFolder, Func<int, bool>? starts = null, Churn? churn = null) : IDisposable
{
    /// <summary>How long a node may take to come up. Emulated machines on a busy one take long.</summary>
    internal static readonly TimeSpan BootLimit = TimeSpan.FromMinutes(3);

    /// <summary>How long a node that was told to end may take.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private readonly BlockingCollection<Action> _posted = [];
    private readonly Garbage _garbage = new();
    private readonly Dictionary<int, ConsoleLog> _logs = [];
    private readonly RunningNode?[] _running = new RunningNode?[launcher.Count];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>What is known of each node.</summary>
    internal NodeSupervision Supervision { get; } = new(launcher.Count, launcher.MostBooting, BootLimit, starts);

    /// <summary>A node's machine; null when it does not run.</summary>
    internal RunningNode? this[int number] => _running[number];

    /// <summary>Does something on the pool's thread.</summary>
    internal void Post(Action work)
    {
        try
        {
            _posted.Add(work);
        }
        catch (InvalidOperationException)
        {
            // The pool has ended, and with it all that could be asked of it.
        }
    }

    /// <summary>Runs nodes until cancelled; then all that run are killed.</summary>
    internal void Run(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                TimeSpan now = _clock.Elapsed;
                while (Supervision.NextOverdue(now) is { } overdue)
                    _running[overdue]?.Kill();

                RebootThoseDue(now);

                // One at a time, so that what has come meanwhile is not kept waiting.
                bool more = Supervision.NextToStart(now) is { } next && Start(next);
                TimeSpan wait = more ? TimeSpan.Zero
                    : NextTime() is { } due ? TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling((due - _clock.Elapsed).TotalMilliseconds)))
                    : Timeout.InfiniteTimeSpan;
                if (_posted.TryTake(out Action? work, (int)Math.Min(wait.TotalMilliseconds, int.MaxValue), stop))
                    work();
                _garbage.CollectIfMuch();
            }
        }
        catch (OperationCanceledException)
        {
            foreach (RunningNode? node in _running)
                node?.Kill();
        }
    }

    /// <summary>Ends nodes, or starts them again. On the pool's thread.</summary>
    internal void End(IEnumerable<int> numbers, bool restart)
    {
        foreach (int number in numbers)
        {
            if (!Supervision.Tell(number, restart) || _running[number] is not { } node)
                continue;
            if (!node.CanBeTold)
            {
                // As who pulls its plug.
                node.Kill();
                continue;
            }

            node.Tell(restart ? EndOfMachine.Restart : EndOfMachine.PowerOff);
            _ = Task.Delay(EndLimit).ContinueWith(_ => node.Kill(), TaskScheduler.Default);
        }
    }

    /// <summary>A node is up that has no channel to say so. On the pool's thread.</summary>
    internal void CameUp(int number)
    {
        if (_running[number] is { } running)
            CameUp(number, running);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _posted.CompleteAdding();
        foreach (RunningNode? node in _running)
            node?.Dispose();
        foreach (ConsoleLog log in _logs.Values)
            log.Dispose();
    }

    /// <summary>What is kept of what a node has written. On the pool's thread.</summary>
    internal byte[] ReadLog(int number) => LogOf(number).Read();

    /// <summary>Has someone told of all that a node writes, across its restarts, until they want no more. On the pool's thread.</summary>
    internal void Listen(int number, Func<ReadOnlyMemory<byte>, bool> listener) => LogOf(number).Listener = listener;

    /// <summary>From now on, nodes are rebooted so. On the pool's thread.</summary>
    internal void Change(ChurnSetting setting) => churn?.Change(setting, _clock.Elapsed);

    // Whoever is not up when its turn comes is left alone: what is off does not reboot.
    private void RebootThoseDue(TimeSpan now)
    {
        while (churn?.TakeDue(now) is { } number)
        {
            if (!Supervision.IsUpToStay(number))
                continue;
            End([number], restart: true);
            churn.Note(DateTimeOffset.UtcNow, number);
        }
    }

    private TimeSpan? NextTime() => (Supervision.NextTime(), churn?.Next) switch
    {
        ({ } one, { } other) => one < other ? one : other,
        (var one, var other) => one ?? other,
    };

    private ConsoleLog LogOf(int number)
    {
        if (!_logs.TryGetValue(number, out ConsoleLog? log))
            _logs.Add(number, log = new ConsoleLog(Path.Combine(logFolder, launcher.LogNameOf(number))));
        return log;
    }

    private bool Start(int number)
    {
        ConsoleLog log = LogOf(number);
        try
        {
            Machine machine = launcher.Launch(number);
            var running = new RunningNode(machine, log);
            _running[number] = running;
            launcher.Changed(number, running, NodeState.Booting);
            _ = FollowAsync(number, running);
        }
        catch (Exception refused) when (refused is MegatuxException or IOException or UnauthorizedAccessException)
        {
            log.Append(System.Text.Encoding.UTF8.GetBytes($"megatux: {refused.Message}\n"));
            Supervision.Ended(number, _clock.Elapsed);
            launcher.Changed(number, null, Supervision.StateOf(number));
        }

        return true;
    }

    private async Task FollowAsync(int number, RunningNode running)
    {
        bool isUp = false;
        await ((Task)running.FollowAsync((kind, payload) =>
        {
            if (kind == ChannelKind.Up && !isUp)
            {
                // Once: a node that says it a million times would fill our memory.
                isUp = true;
                Post(() => CameUp(number, running));
                return default;
            }

            return launcher.ReceiveAsync(number, running, kind, payload);
        }, () => launcher.Silenced(running))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Post(() =>
        {
            if (_running[number] != running)
                return;
            _running[number] = null;
            running.Dispose();
            launcher.Ended(number, running);
            Supervision.Ended(number, _clock.Elapsed);
            launcher.Changed(number, null, Supervision.StateOf(number));
        });
    }

    private void CameUp(int number, RunningNode running)
    {
        if (_running[number] != running)
            return;
        Supervision.CameUp(number, _clock.Elapsed);
        launcher.Changed(number, running, NodeState.Up);

        // Elsewhere: it asks the node, and waits for its answer.
        _ = Task.Run(running.GiveBackFreed);
    }
}
