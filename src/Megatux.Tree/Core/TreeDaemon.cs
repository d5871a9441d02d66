using Megatux.Model;

namespace Megatux.Tree;

/// <summary>
/// A daemon of the tree: finds a parent, takes children and sends others on to them, and sums up which nodes there are.
/// Pure: times, messages and a seed go in, effects come out. Keeps nothing but its neighbours, so that there is nothing to
/// mend when one of them fails.
/// </summary>
/// <remarks>
/// No cycles: a daemon without a parent takes no children, and one that comes with children of its own is taken only by the
/// root or by a daemon whose parent is the root at that moment, which therefore is not below the one that comes.
/// </remarks>
public sealed partial class TreeDaemon
{
    /// <summary>The root's rank.</summary>
    public const long Root = -1;

    /// <summary>No daemon's rank.</summary>
    public const long NoRank = -2;

    private readonly long _rank, _first;
    private readonly ITreeEffects _effects;
    private readonly ITreeService _service;
    private readonly Random _random;
    private readonly Dictionary<long, Child> _children = [];
    private NodeStates _own = NodeStates.None, _members = NodeStates.None;
    private TimeSpan _nextBeats, _membersDue = TimeSpan.MaxValue, _membersPause = TreeTimes.MembersPause, _summedUp;
    private long _expected;

    /// <param name="rank">The rank of its host, or <see cref="Root"/>.</param>
    /// <param name="expected">How many daemons are expected below the root, by the experiment.</param>
    /// <param name="seed">What its waits are drawn from.</param>
    /// <param name="effects">Its shell.</param>
    /// <param name="service">What works over the tree.</param>
    public TreeDaemon(long rank, long expected, int seed, ITreeEffects effects, ITreeService service)
    {
        ArgumentNullException.ThrowIfNull(effects);
        ArgumentNullException.ThrowIfNull(service);
        (_rank, _effects, _service, _random) = (rank, effects, service, new Random(seed));
        _expected = rank == Root ? expected : 0;
        _first = rank == Root ? NoRank : FanOut.FirstToAsk(rank, expected);
        _retry = rank == Root ? TimeSpan.MaxValue : TimeSpan.Zero;
    }

    /// <summary>Which host's daemon this is.</summary>
    public long Rank => _rank;

    /// <summary>True when there is a way to the root, as far as this daemon knows.</summary>
    public bool IsJoined => _rank == Root || _phase == Phase.Joined;

    /// <summary>The rank of the parent; <see cref="NoRank"/> when there is none.</summary>
    public long Parent => _phase == Phase.Joined ? _parentRank : NoRank;

    /// <summary>The link to the parent; null when there is none.</summary>
    public long? ParentLink => _phase == Phase.Joined ? _parentLink : null;

    /// <summary>The ranks of the children.</summary>
    public IEnumerable<long> Children => _children.Values.Select(child => child.Rank);

    /// <summary>The links to the children.</summary>
    public IEnumerable<long> ChildLinks => _children.Keys;

    /// <summary>Whether there is a child at the other end of a link.</summary>
    public bool HasChild(long link) => _children.ContainsKey(link);

    /// <summary>How many children there are.</summary>
    public int ChildCount => _children.Count;

    /// <summary>The nodes of this daemon's host and of all below it, as far as they are known here.</summary>
    public NodeStates Members => _members;

    /// <summary>When <see cref="Tick"/> has something to do next.</summary>
    public TimeSpan NextTime => Min(Min(_retry, _deadline), Min(_membersDue, _children.Count > 0 || _phase == Phase.Joined ? _nextBeats : TimeSpan.MaxValue));

    /// <summary>The nodes of this host are these now.</summary>
    public void SetOwn(NodeStates own, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(own);
        _own = own;
        MembersChanged(now);
    }

    /// <summary>Does what the time has come for.</summary>
    public void Tick(TimeSpan now)
    {
        if (now >= _retry)
            LookForParent(now);
        if (now >= _deadline)
            JudgeParent(now);
        if (now >= _membersDue)
            SumUp(now);
        if (now >= _nextBeats && (_children.Count > 0 || _phase == Phase.Joined))
            Beat(now);
    }

    /// <summary>Nothing is read from children for now: their silence says nothing of them.</summary>
    public void Pardon(TimeSpan now)
    {
        foreach (Child child in _children.Values)
            child.Heard = now;
    }

    /// <summary>A link has ended, or could not be opened.</summary>
    public void LinkClosed(long link, TimeSpan now)
    {
        if (link == _parentLink)
            LoseParent(now);
        else
            Forget(link, now);
    }

    /// <summary>Takes a message.</summary>
    public void Receive(long link, TreeMessage message, TimeSpan now)
    {
        if (link == _parentLink)
        {
            // One that was held for so long says nothing any more of when this daemon was taken in.
            if (_phase == Phase.Asking && now >= _deadline)
            {
                JudgeParent(now);
                return;
            }

            _heard = now;
            ReceiveFromAbove(message, now);
        }
        else if (message is JoinMessage join)
        {
            Consider(link, join, now);
        }
        else if (_children.TryGetValue(link, out Child? child))
        {
            child.Heard = now;
            if (message is MembersMessage members)
                Took(link, child, members.Members, now);
            else if (message is not BeatMessage)
                _service.ReceiveFromChild(link, message, now);
        }
    }

    /// <summary>Sends a message of the service's; the link is not silent for now.</summary>
    public void Send(long link, TreeMessage message) => _effects.Send(link, message);

    private void Beat(TimeSpan now)
    {
        _nextBeats = now + TreeTimes.Beat;
        List<long>? silent = null;
        foreach ((long link, Child child) in _children)
        {
            if (now - child.Heard >= TreeTimes.ChildSilence)
                (silent ??= []).Add(link);
            else
                _effects.Send(link, BeatMessage.Instance);
        }

        if (_phase == Phase.Joined)
            _effects.Send(_parentLink, BeatMessage.Instance);
        foreach (long link in silent ?? [])
        {
            _effects.Close(link);
            Forget(link, now);
        }
    }

    private void MembersChanged(TimeSpan now)
    {
        if (_membersDue != TimeSpan.MaxValue)
            return;
        if (now - _summedUp > TreeTimes.LongestMembersPause)
            _membersPause = TreeTimes.MembersPause;
        _membersDue = now + _membersPause;
    }

    private void SumUp(TimeSpan now)
    {
        _membersDue = TimeSpan.MaxValue;
        _summedUp = now;
        _membersPause = Min(_membersPause * 2, TreeTimes.LongestMembersPause);
        NodeStates sum = NodeStates.UnionOf([_own, .. _children.Values.Select(child => child.Members)]);
        if (sum == _members)
            return;
        _members = sum;
        if (_phase == Phase.Joined)
            _effects.Send(_parentLink, new MembersMessage(sum));
        _service.MembersChanged(now);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
