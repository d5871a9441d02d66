namespace Megatux.Simulator;

/// <summary>How long what a daemon counts was under way, all links together, at most: of that, daemons know nothing.</summary>
/// <param name="kept">How long what has come is counted.</param>
internal sealed class Lateness(TimeSpan kept)
{
    private readonly Queue<(TimeSpan At, TimeSpan Late)> _came = new();

    /// <summary>Something has come.</summary>
    internal void Add(TimeSpan now, TimeSpan late)
    {
        Forget(now);
        _came.Enqueue((now, late));
    }

    /// <summary>The most of what still counts.</summary>
    internal TimeSpan Most(TimeSpan now)
    {
        Forget(now);
        TimeSpan most = TimeSpan.Zero;
        foreach ((_, TimeSpan late) in _came)
            most = late > most ? late : most;
        return most;
    }

    private void Forget(TimeSpan now)
    {
        while (_came.TryPeek(out (TimeSpan At, TimeSpan Late) first) && first.At + kept < now)
            _came.Dequeue();
    }
}
