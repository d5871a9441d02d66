using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Pushmon;

/// <summary>
/// Monitoring at a host, or at the root: takes what its nodes say and what is pushed to it, reduces that once an interval, and
/// pushes it on. Pure: messages and times go in, effects come out. All that it keeps comes again by itself.
/// </summary>
/// <remarks>
/// Nothing is counted twice: a push says whose samples are in it, and of two that say the same host's, only the later one counts.
/// </remarks>
public sealed partial class MonitorDaemon
{
    /// <summary>What is older than so many intervals is not counted any more.</summary>
    private const int MostIntervals = 3;

    private readonly long _rank;
    private readonly TimeSpan _interval;
    private readonly ITreeEffects _effects;
    private readonly Action<PushMessage, TimeSpan>? _sink;
    private TimeSpan _nextPush;

    /// <param name="rank">The host's rank, or <see cref="TreeDaemon.Root"/>.</param>
    /// <param name="hosts">How many hosts there are.</param>
    /// <param name="interval">How often it pushes.</param>
    /// <param name="effects">Its shell.</param>
    /// <param name="sink">At the root, who is told what all comes to; null elsewhere.</param>
    /// <param name="now">The time.</param>
    /// <param name="era">
    /// At the root, where its configurations' versions begin: milliseconds by a clock that goes on while no root runs, so that what a root
    /// says takes the place of all that those before it said.
    /// </param>
    public MonitorDaemon(long rank, long hosts, TimeSpan interval, ITreeEffects effects, Action<PushMessage, TimeSpan>? sink, TimeSpan now, long era = 0)
    {
        ArgumentNullException.ThrowIfNull(effects);
        if (sink is not null)
            _configuration = _configuration with { Version = era };
        (_rank, _interval, _effects, _sink) = (rank, interval, effects, sink);
        _above = rank == TreeDaemon.Root ? [] : PushTree.AncestorsOf(rank, hosts);
        _nextPush = now + Phase.Of($"{rank}", interval);
        Use(_configuration);
    }

    /// <summary>When <see cref="Tick"/> has something to do next.</summary>
    public TimeSpan NextTime => _nextPush;

    /// <summary>What is older is not counted.</summary>
    private TimeSpan Stale => _interval * MostIntervals;

    /// <summary>Takes a message from another daemon.</summary>
    /// <returns>False if it is none of monitoring's.</returns>
    public bool Receive(long link, TreeMessage message, TimeSpan now)
    {
        switch (message)
        {
            case PushMessage push:
                TakePush(link, push, now);
                return true;
            case PushedMessage pushed:
                TakePushed(link, pushed, now);
                return true;
            case ConfigurationMessage configuration when link == _parent.Link || link == _better.Link:
                Take(configuration);
                return true;
            default:
                return message is ConfigurationMessage;
        }
    }

    /// <summary>A link has ended, or could not be opened.</summary>
    public void LinkClosed(long link, TimeSpan now)
    {
        _pushes.Remove(link);
        LoseLink(link, now);
    }

    /// <summary>Does what the time has come for.</summary>
    public void Tick(TimeSpan now)
    {
        if (now < _nextPush)
            return;
        long missed = (now - _nextPush).Ticks / _interval.Ticks;
        _nextPush += _interval * (missed + 1);
        foreach ((long link, TakenPush push) in _pushes)
            if (push.At + Stale < now)
                _pushes.Remove(link);
        if (_sink is not null)
            _sink(Reduce(now), now);
        else
            PushUp(now);
    }
}
