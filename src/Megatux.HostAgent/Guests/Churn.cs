using Megatux.Agents;

namespace Megatux.HostAgent;

/// <summary>A host's guests come and go: what the schedule asks for, and what was done. On the pool's thread.</summary>
internal sealed class Churn
{
    /// <summary>How many of the last reboots are remembered.</summary>
    internal const int MostRemembered = 32;

    private readonly Queue<(DateTimeOffset At, int Guest)> _last = new();
    private readonly long _hostRank;
    private readonly int _guests;
    private ChurnSchedule _schedule;

    /// <summary>Begins when the host does.</summary>
    internal Churn(ChurnSetting setting, long hostRank, int guests)
    {
        (_hostRank, _guests) = (hostRank, guests);
        _schedule = Begin(setting, TimeSpan.Zero);
    }

    /// <summary>How many times guests were rebooted.</summary>
    internal long Count { get; private set; }

    /// <summary>The last reboots, the oldest first.</summary>
    internal IReadOnlyCollection<(DateTimeOffset At, int Guest)> Last => _last;

    /// <summary>When the next reboot is due; null when none is.</summary>
    internal TimeSpan? Next => _schedule.Next;

    /// <summary>Another rate: its schedule begins now, with its first reboot.</summary>
    internal void Change(ChurnSetting setting, TimeSpan now) => _schedule = Begin(setting, now);

    /// <summary>A guest that is due to reboot; null when none is.</summary>
    internal int? TakeDue(TimeSpan now)
    {
        if (!(_schedule.Next <= now))
            return null;
        int guest = _schedule.Guest;
        _schedule.Advance();
        return guest;
    }

    /// <summary>A guest was rebooted.</summary>
    internal void Note(DateTimeOffset at, int guest)
    {
        Count++;
        if (_last.Count == MostRemembered)
            _last.Dequeue();
        _last.Enqueue((at, guest));
    }

    private ChurnSchedule Begin(ChurnSetting setting, TimeSpan start) => new(setting.Rate, setting.Seed, _hostRank, _guests, start);
}
