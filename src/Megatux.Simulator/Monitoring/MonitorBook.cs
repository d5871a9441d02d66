using Megatux.Model;
using Megatux.Pushmon;

namespace Megatux.Simulator;

/// <summary>Monitoring in a run: what there is to be reduced, how pushes fare on their way, and what comes of it at the root.</summary>
internal sealed class MonitorBook
{
    /// <summary>How long messages are under way in all, when nothing goes wrong.</summary>
    internal static readonly TimeSpan UnderwayInPeace = TimeSpan.FromMilliseconds(50);

    /// <summary>For how long a host tries a way that does not answer, and how often it tries one that it left.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(4), ReturnPause = TimeSpan.FromSeconds(10);

    private readonly World _world;
    private readonly MonitorChecks _checks;
    private readonly Dictionary<PushMessage, (TimeSpan At, TimeSpan Late)> _underway = new(ReferenceEqualityComparer.Instance);
    private TimeSpan _troubled, _changed, _second;
    private long _bytes;

    internal MonitorBook(World world, Random random)
    {
        _world = world;
        Interval = TimeSpan.FromSeconds(2 + random.Next(3));
        Levels = 1 + Enumerable.Range(0, world.Hosts.Count).Max(rank => PushTree.AncestorsOf(rank, world.Hosts.Count).Count);
        Settings = new MonitorSettings(world, random);
        _checks = new MonitorChecks(world, this);
    }

    /// <summary>How often every node and every daemon says something.</summary>
    internal TimeSpan Interval { get; }

    /// <summary>How many daemons what a node says goes through, at most, the root's among them.</summary>
    internal int Levels { get; }

    /// <summary>What nodes are asked.</summary>
    internal MonitorSettings Settings { get; }

    /// <summary>After the last fault, every report must be exact from then on; see docs/pushmon.md.</summary>
    internal TimeSpan SettleTime => AnswerLimit + ReturnPause + Interval * (2 * Levels + 5);

    /// <summary>The oldest that a sample gets before it is in no report, but for the time that it is under way.</summary>
    internal TimeSpan OldestEver => Interval * (3 * Levels);

    /// <summary>The oldest that it gets while nothing goes wrong.</summary>
    internal TimeSpan OldestInPeace => Interval * Levels;

    /// <summary>Whether nothing has gone wrong for so long that reports must be exact.</summary>
    internal bool IsSettled => _world.Clock.Now > _troubled + SettleTime;

    /// <summary>Whether, besides, all know what is to be reduced.</summary>
    internal bool IsConfigured => IsSettled && _world.Clock.Now > _changed + SettleTime;

    /// <summary>Whether nobody says anything any more.</summary>
    internal bool IsOver { get; private set; }

    /// <summary>How many samples nodes have said.</summary>
    internal long Samples { get; private set; }

    /// <summary>The most bytes of pushes that came to the root within a second.</summary>
    internal long MostBytes { get; private set; }

    /// <summary>How many reports were held to be exact.</summary>
    internal long Exact => _checks.Exact;

    internal SimulatedMonitoring Describe() => new(Interval, Samples, _checks.Reports, _checks.Exact, MostBytes, _checks.WorstAge, _checks.WorstExactAge);

    /// <summary>Something goes wrong, or comes right again, up to a time.</summary>
    internal void Trouble(TimeSpan until) => _troubled = until > _troubled ? until : _troubled;

    /// <summary>From now on something else is to be reduced.</summary>
    internal void Changed() => _changed = _world.Clock.Now;

    internal void End() => IsOver = true;

    /// <summary>A node says something.</summary>
    internal (ReadOnlyMemory<byte> Schema, ReadOnlyMemory<byte> Data) Sample(long number)
    {
        Samples++;
        return SyntheticSample.Take(number, _world.Clock.Now);
    }

    /// <summary>A daemon pushes.</summary>
    /// <returns>What it pushes.</returns>
    internal PushMessage Leaves(VirtualDaemon daemon, PushMessage push)
    {
        PushMessage sent = _world.Options.Falsify?.Invoke(push) ?? push;
        _underway[sent] = (_world.Clock.Now, daemon.Lateness!.Most(_world.Clock.Now));
        return sent;
    }

    /// <summary>A push has come to a daemon.</summary>
    internal void Arrives(VirtualDaemon daemon, PushMessage push, int size)
    {
        TimeSpan now = _world.Clock.Now;
        _underway.Remove(push, out (TimeSpan At, TimeSpan Late) sent);
        daemon.Lateness!.Add(now, sent.Late + (now - sent.At));
        if (daemon != _world.Root.Daemon)
            return;
        if (now >= _second + TimeSpan.FromSeconds(1))
            (_second, _bytes) = (TimeSpan.FromSeconds(Math.Floor(now.TotalSeconds)), 0);
        _bytes += size;
        MostBytes = Math.Max(MostBytes, _bytes);
    }

    /// <summary>What the root is told.</summary>
    internal void Reported(PushMessage report, TimeSpan now) => _checks.Check(report, now);
}
