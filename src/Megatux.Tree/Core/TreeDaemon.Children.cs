namespace Megatux.Tree;

/// <content>Children: who is taken, and who is sent on.</content>
public sealed partial class TreeDaemon
{
    private readonly List<long> _turn = [];
    private int _next;

    private void Consider(long link, JoinMessage join, TimeSpan now)
    {
        if (!IsJoined || (join.HasChildren && _rank != Root && _parentRank != Root) || join.Rank == _rank)
        {
            _effects.Send(link, new RefuseMessage(join.Attempt));
            return;
        }

        bool returns = RemoveEarlier(link, join.Rank, now);
        if (returns || _children.Count < FanOut.Of(_expected) || (join.HasChildren && _rank != Root))
            Take(link, join, now);
        else if (NextInTurn(join.Avoid) is { } rank)
            _effects.Send(link, new RedirectMessage(join.Attempt, rank));
        else
            Take(link, join, now);
    }

    private void Take(long link, JoinMessage join, TimeSpan now)
    {
        if (_children.Count == 0 && _phase != Phase.Joined)
            _nextBeats = now + TreeTimes.Beat;
        var child = new Child(join.Rank) { Heard = now };
        _children.Add(link, child);
        _turn.Add(link);
        _effects.Send(link, new AcceptMessage(join.Attempt, FanOut.Below(_expected)));
        Took(link, child, join.Members, now);
    }

    private void Took(long link, Child child, NodeStates members, TimeSpan now)
    {
        child.Members = members;
        MembersChanged(now);
        _service.BranchChanged(link, members, now);
    }

    // One that comes back before its old link was seen to end.
    private bool RemoveEarlier(long link, long rank, TimeSpan now)
    {
        foreach ((long old, Child child) in _children)
        {
            if (child.Rank != rank)
                continue;
            if (old != link)
                _effects.Close(old);
            Forget(old, now);
            return true;
        }

        return false;
    }

    private long? NextInTurn(long avoid)
    {
        for (int tried = 0; tried < _turn.Count; tried++)
        {
            Child child = _children[_turn[_next++ % _turn.Count]];
            if (child.Rank != avoid)
                return child.Rank;
        }

        return null;
    }

    private void Forget(long link, TimeSpan now)
    {
        if (!_children.Remove(link))
            return;
        _turn.Remove(link);
        MembersChanged(now);
        _service.BranchLost(link, now);
    }

    private sealed class Child(long rank)
    {
        internal long Rank { get; } = rank;

        internal TimeSpan Heard { get; set; }

        internal NodeStates Members { get; set; } = NodeStates.None;
    }
}
