using Megatux.Pushmon;
using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.Simulator;

/// <summary>A node's agent: the cores of jobs and of monitoring, and processes that write what their scripts say.</summary>
internal sealed class VirtualLeaf(World world, VirtualHost host, int place, int incarnation, TimeSpan since) : VirtualProcess(world), ILeafEffects
{
    private readonly MonitorLeaf? _monitor = world.Monitoring is not { } book ? null
        : new MonitorLeaf(host.NameOf(place), book.Interval, () => book.Sample(host.NumberOf(place)), message => host.SendFromLeaf(place, message), world.Clock.Now);

    /// <summary>The last that was started of those that run; null for none.</summary>
    private Performance? _running;
    private JobLeaf? _core;

    private JobLeaf Core => _core ??= new JobLeaf(this);

    /// <summary>Whether it knows of no job.</summary>
    internal bool IsIdle => Core.JobCount == 0;

    internal override string Name => host.NameOf(place);

    protected override TimeSpan NextTime => JobTime < MonitorTime ? JobTime : MonitorTime;

    private TimeSpan JobTime => _core?.NextTime ?? TimeSpan.MaxValue;

    private TimeSpan MonitorTime => _monitor is not null && !World.Monitoring!.IsOver ? _monitor.NextTime : TimeSpan.MaxValue;

    internal void Receive(TreeMessage message)
    {
        if (message is SchemaWantedMessage)
            _monitor!.Receive(message);
        else
            Core.Receive(message);
    }

    void ILeafEffects.Send(TreeMessage message) => host.SendFromLeaf(place, message);

    void ILeafEffects.Start(ulong job, JobSpec spec, string programPlace)
    {
        JobScript script = World.Jobs.Started(job, host, place, incarnation, since, programPlace);
        var performance = new Performance(this, script, script.StepsOn(Name)) { Before = _running };
        _running = performance;
        World.Clock.After(performance.Steps.Count > 0 ? performance.Steps[0].Pause : script.LastPause, performance);
    }

    void ILeafEffects.Signal(ulong job, int signal)
    {
        if (Find(job) is { } performance)
            World.Clock.After(TimeSpan.Zero, () => Take(() => Exit(performance, JobScript.Killed)));
    }

    void ILeafEffects.Input(ulong job, ReadOnlyMemory<byte> bytes, bool isLast)
    {
    }

    void ILeafEffects.Hold(ulong job, bool hold)
    {
        if (Find(job) is not { } performance)
            return;
        performance.IsHeld = hold;
        if (!hold && performance.IsBlocked)
        {
            performance.IsBlocked = false;
            World.Clock.After(TimeSpan.Zero, performance);
        }
    }

    protected override void Tick()
    {
        _core?.Tick(World.Clock.Now);
        if (MonitorTime != TimeSpan.MaxValue)
            _monitor!.Tick(World.Clock.Now);
    }

    private Performance? Find(ulong job)
    {
        Performance? found = _running;
        while (found is not null && found.Script.Number != job)
            found = found.Before;
        return found;
    }

    private void GoOn(Performance performance)
    {
        if (performance.HasEnded)
            return;
        if (performance.IsHeld)
        {
            performance.IsBlocked = true;
            return;
        }

        JobScript script = performance.Script;
        if (performance.Next < performance.Steps.Count)
        {
            ScriptStep step = performance.Steps[performance.Next++];
            Core.Wrote(script.Number, step.Kind, step.Bytes, World.Clock.Now);
            bool isLast = performance.Next == performance.Steps.Count;
            World.Clock.After(isLast ? script.LastPause : performance.Steps[performance.Next].Pause, performance);
        }
        else if (script.RefusesOn(Name))
        {
            Remove(performance);
            Core.CouldNotStart(script.Number, JobScript.Refusal);
        }
        else
        {
            Exit(performance, script.ExitCodeOn(Name));
        }
    }

    private void Exit(Performance performance, int code)
    {
        if (performance.HasEnded)
            return;
        Remove(performance);
        Core.Exited(performance.Script.Number, code);
    }

    private void Remove(Performance performance)
    {
        performance.HasEnded = true;
        if (_running == performance)
        {
            _running = performance.Before;
            return;
        }

        Performance after = _running!;
        while (after.Before != performance)
            after = after.Before!;
        after.Before = performance.Before;
    }

    /// <summary>A process, and how far it is.</summary>
    private sealed class Performance(VirtualLeaf leaf, JobScript script, IReadOnlyList<ScriptStep> steps) : IHappening
    {
        internal JobScript Script { get; } = script;

        internal IReadOnlyList<ScriptStep> Steps { get; } = steps;

        /// <summary>One that runs on the node and was started before.</summary>
        internal Performance? Before { get; set; }

        internal int Next { get; set; }

        internal bool IsHeld { get; set; }

        /// <summary>Whether it would write, but is not read.</summary>
        internal bool IsBlocked { get; set; }

        internal bool HasEnded { get; set; }

        void IHappening.Happen() => leaf.Take(() => leaf.GoOn(this));
    }
}
