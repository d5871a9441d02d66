namespace Megatux.Simulator;

/// <summary>A process that drives a core: takes one thing at a time, wakes at the core's times, and can be stopped or end.</summary>
internal abstract class VirtualProcess(World world) : IHappening
{
    /// <summary>A core that wants to be woken again and again at one time will never let it pass.</summary>
    private const int MostAtOnce = 10_000;

    private Queue<Action>? _waiting;
    private TimeSpan _wakesAt = TimeSpan.MaxValue, _lastWake = TimeSpan.MinValue;
    private int _wakesAtOnce;

    internal World World { get; } = world;

    internal bool IsAlive { get; private set; } = true;

    internal bool IsStopped { get; private set; }

    /// <summary>When <see cref="Tick"/> has something to do next.</summary>
    protected abstract TimeSpan NextTime { get; }

    /// <summary>Who it is, for messages.</summary>
    internal abstract string Name { get; }

    protected abstract void Tick();

    /// <summary>Takes something now, or when it goes on.</summary>
    internal void Take(Action input)
    {
        if (!IsAlive)
            return;
        if (IsStopped)
        {
            (_waiting ??= new Queue<Action>()).Enqueue(input);
            return;
        }

        input();
        Plan();
    }

    /// <summary>Takes no events from now on; none is lost.</summary>
    internal void Stop() => IsStopped = true;

    /// <summary>Takes all that has waited.</summary>
    internal void Continue()
    {
        IsStopped = false;
        while (IsAlive && !IsStopped && _waiting is not null && _waiting.TryDequeue(out Action? input))
            input();
        if (IsAlive)
            Plan();
    }

    /// <summary>Ends it: all that it knew is gone.</summary>
    internal virtual void End()
    {
        IsAlive = false;
        _waiting = null;
    }

    private void Plan()
    {
        if (NextTime is var next && next == TimeSpan.MaxValue || next >= _wakesAt)
            return;
        _wakesAt = next < World.Clock.Now ? World.Clock.Now : next;
        World.Clock.At(_wakesAt, this);
    }

    void IHappening.Happen()
    {
        // It may have been planned for an earlier time since.
        if (!IsAlive || _wakesAt != World.Clock.Now)
            return;
        _wakesAt = TimeSpan.MaxValue;
        if (IsStopped)
            return;
        _wakesAtOnce = _lastWake == World.Clock.Now ? _wakesAtOnce + 1 : 0;
        _lastWake = World.Clock.Now;
        if (_wakesAtOnce > MostAtOnce)
            throw World.Violation($"{Name} lets time pass", "it wants to be woken at this time for ever");
        Tick();
        Plan();
    }
}
