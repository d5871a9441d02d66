namespace Megatux.Tree;

/// <content>The parent: how it is found, judged and lost.</content>
public sealed partial class TreeDaemon
{
    /// <summary>Who is sent on more often than a tree is deep starts again.</summary>
    private const int MostHops = 32;

    private Phase _phase = Phase.Waiting;
    private TimeSpan _retry, _deadline = TimeSpan.MaxValue, _heard, _firstUntil = TimeSpan.MaxValue;
    private long _parentLink = -1, _parentRank = NoRank, _avoid = NoRank;
    private uint _attempt;
    private int _hops, _failures;

    private void LookForParent(TimeSpan now)
    {
        _retry = TimeSpan.MaxValue;
        _hops = 0;
        if (_firstUntil == TimeSpan.MaxValue)
            _firstUntil = now + TreeTimes.FirstLimit;
        Ask(now < _firstUntil ? _first : Root, now);
    }

    private void Ask(long rank, TimeSpan now)
    {
        _phase = Phase.Asking;
        _parentRank = rank;
        _parentLink = _effects.Connect(rank);
        _heard = now;
        _deadline = now + TreeTimes.JoinLimit;

        // Else it would join without nodes that the root has for up, and they would seem to go and come back.
        if (_membersDue != TimeSpan.MaxValue)
            SumUp(now);
        _effects.Send(_parentLink, new JoinMessage(_rank, ++_attempt, _children.Count > 0, _avoid, _members));
    }

    private void ReceiveFromAbove(TreeMessage message, TimeSpan now)
    {
        switch (message)
        {
            case AcceptMessage accept when _phase == Phase.Asking && accept.Attempt == _attempt:
                Join(accept.Expected, now);
                break;
            case RedirectMessage redirect when _phase == Phase.Asking && redirect.Attempt == _attempt:
                _effects.Close(_parentLink);
                if (++_hops > MostHops || redirect.Rank == _rank)
                    WaitToAsk(now);
                else
                    Ask(redirect.Rank, now);
                break;
            case RefuseMessage refuse when _phase == Phase.Asking && refuse.Attempt == _attempt:
                _avoid = _parentRank;
                _effects.Close(_parentLink);
                WaitToAsk(now);
                break;
            case BeatMessage or AcceptMessage or RedirectMessage or RefuseMessage or MembersMessage or JoinMessage:
                break;
            default:
                if (_phase == Phase.Joined)
                    _service.ReceiveFromParent(message, now);
                break;
        }
    }

    private void Join(long expected, TimeSpan now)
    {
        _phase = Phase.Joined;
        _firstUntil = TimeSpan.Zero;
        _expected = expected;
        _failures = 0;
        _avoid = NoRank;
        _deadline = now + TreeTimes.ParentSilence;
        _nextBeats = now + TreeTimes.Beat;

        // What has changed since it asked.
        _effects.Send(_parentLink, new MembersMessage(_members));
        _service.ParentFound(_parentLink, now);
    }

    // It may have been heard of since the deadline was set.
    private void JudgeParent(TimeSpan now)
    {
        if (_phase == Phase.Joined && now < _heard + TreeTimes.ParentSilence)
        {
            _deadline = _heard + TreeTimes.ParentSilence;
            return;
        }

        _effects.Close(_parentLink);
        LoseParent(now);
    }

    private void LoseParent(TimeSpan now)
    {
        bool wasJoined = _phase == Phase.Joined;
        if (!wasJoined && _parentRank != Root)
            _avoid = _parentRank;
        WaitToAsk(now);
        if (wasJoined)
            _service.ParentLost(now);
    }

    // Its children stay: whatever became of the parent, their way to it is this daemon's concern, not theirs.
    private void WaitToAsk(TimeSpan now)
    {
        _phase = Phase.Waiting;
        _parentLink = -1;
        _parentRank = NoRank;
        _deadline = TimeSpan.MaxValue;
        TimeSpan longest = Min(TreeTimes.FirstWait * (1 << Math.Min(_failures++, 10)), TreeTimes.LongestWait);
        _retry = now + longest * (0.1 + 0.9 * _random.NextDouble());
    }

    private enum Phase
    {
        /// <summary>Until it asks again.</summary>
        Waiting,

        /// <summary>For an answer.</summary>
        Asking,

        /// <summary>There is a parent.</summary>
        Joined,
    }
}
