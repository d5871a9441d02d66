using Megatux.Tree;

namespace Megatux.Pushmon;

/// <content>
/// Whom this host pushes to: its parent, or the nearest above that is there. Only one push is on its way at a time, so that a slow
/// link gets fewer, and never a queue of old ones.
/// </content>
public sealed partial class MonitorDaemon
{
    /// <summary>How long a push may go without an answer; and how often one that was passed over is tried again.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(4), ReturnPause = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<long> _above;
    private Upward _parent, _better;
    private TimeSpan _return = TimeSpan.MaxValue;

    /// <summary>The rank that it pushes to at the moment; <see cref="TreeDaemon.NoRank"/> if there is none.</summary>
    public long Parent => _parent.Link is null ? TreeDaemon.NoRank : _above[_parent.Place];

    private void PushUp(TimeSpan now)
    {
        if (_parent.Link is not null && _parent.IsWaiting && now - _parent.Since > AnswerLimit)
            Leave(now);
        if (_better.Link is not null && now - _better.Since > AnswerLimit)
            Drop(ref _better);
        if (_parent.Link is null)
            Open(ref _parent, now);
        if (now >= _return && _parent.Place > 0 && _better.Link is null)
        {
            _return = now + ReturnPause;
            _better = new Upward { Place = 0 };
            Open(ref _better, now);
            PushOver(ref _better, Reduce(now, keepsNews: true), now);
        }

        if (!_parent.IsWaiting)
            PushOver(ref _parent, Reduce(now), now);
    }

    private void Open(ref Upward way, TimeSpan now)
    {
        way.Link = _effects.Connect(_above[way.Place]);
        (way.Sequence, way.IsWaiting, way.Since) = (0, false, now);
    }

    private void PushOver(ref Upward way, PushMessage push, TimeSpan now)
    {
        (way.IsWaiting, way.Since) = (true, now);
        _effects.Send(way.Link!.Value, push with { Sequence = ++way.Sequence });
    }

    private void TakePushed(long link, PushedMessage pushed, TimeSpan now)
    {
        if (link == _better.Link)
        {
            // Whoever was passed over is there again.
            Drop(ref _parent);
            (_parent, _better) = (_better, new Upward());
            _return = _parent.Place > 0 ? now + ReturnPause : TimeSpan.MaxValue;
        }

        if (link == _parent.Link && pushed.Sequence == _parent.Sequence)
            _parent.IsWaiting = false;
    }

    private void LoseLink(long link, TimeSpan now)
    {
        if (link == _better.Link)
            _better = new Upward();
        else if (link == _parent.Link)
            Leave(now);
    }

    // Up one more; above the root there is nobody, and it may be back, or any other.
    private void Leave(TimeSpan now)
    {
        int next = _parent.Place + 1 < _above.Count ? _parent.Place + 1 : 0;
        Drop(ref _parent);
        _parent = new Upward { Place = next };
        _return = next > 0 ? now + ReturnPause : TimeSpan.MaxValue;
    }

    private void Drop(ref Upward way)
    {
        if (way.Link is { } link)
            _effects.Close(link);
        way = new Upward();
    }

    /// <summary>A link to one above, and the push that is on its way there.</summary>
    private struct Upward
    {
        internal int Place;
        internal long? Link;
        internal long Sequence;
        internal bool IsWaiting;
        internal TimeSpan Since;
    }
}
