using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.Simulator;

/// <summary>What runs jobs on a node: its core, and processes that write what their scripts say.</summary>
internal sealed class VirtualLeaf(World world, VirtualHost host, int place, int incarnation, TimeSpan since) : VirtualProcess(world), ILeafEffects
{
    private readonly Dictionary<ulong, Performance> _running = new(1);
    private JobLeaf? _core;

    private JobLeaf Core => _core ??= new JobLeaf(this);

    /// <summary>Whether it knows of no job.</summary>
    internal bool IsIdle => Core.JobCount == 0;

    internal override string Name => host.NameOf(place);

    protected override TimeSpan NextTime => Core.NextTime;

    internal void Receive(TreeMessage message) => Core.Receive(message);

    void ILeafEffects.Send(TreeMessage message) => host.SendFromLeaf(place, message);

    void ILeafEffects.Start(ulong job, JobSpec spec, string programPlace)
    {
        JobScript script = World.Jobs.Started(job, host, place, incarnation, since);
        var performance = new Performance(script, script.StepsOn(Name));
        _running[job] = performance;
        World.Clock.After(performance.Steps.Count > 0 ? performance.Steps[0].Pause : script.LastPause, () => Take(() => GoOn(job, performance)));
    }

    void ILeafEffects.Signal(ulong job, int signal)
    {
        if (_running.TryGetValue(job, out Performance? performance))
            World.Clock.After(TimeSpan.Zero, () => Take(() => Exit(job, performance, JobScript.Killed)));
    }

    void ILeafEffects.Input(ulong job, ReadOnlyMemory<byte> bytes, bool isLast)
    {
    }

    void ILeafEffects.Hold(ulong job, bool hold)
    {
        if (!_running.TryGetValue(job, out Performance? performance))
            return;
        performance.IsHeld = hold;
        if (!hold && performance.IsBlocked)
        {
            performance.IsBlocked = false;
            World.Clock.After(TimeSpan.Zero, () => Take(() => GoOn(job, performance)));
        }
    }

    protected override void Tick() => Core.Tick(World.Clock.Now);

    private void GoOn(ulong job, Performance performance)
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
            Core.Wrote(job, step.Kind, step.Bytes, World.Clock.Now);
            bool isLast = performance.Next == performance.Steps.Count;
            World.Clock.After(isLast ? script.LastPause : performance.Steps[performance.Next].Pause, () => Take(() => GoOn(job, performance)));
        }
        else if (script.RefusesOn(Name))
        {
            _running.Remove(job);
            performance.HasEnded = true;
            Core.CouldNotStart(job, JobScript.Refusal);
        }
        else
        {
            Exit(job, performance, script.ExitCodeOn(Name));
        }
    }

    private void Exit(ulong job, Performance performance, int code)
    {
        if (performance.HasEnded)
            return;
        performance.HasEnded = true;
        _running.Remove(job);
        Core.Exited(job, code);
    }

    /// <summary>A process, and how far it is.</summary>
    private sealed class Performance(JobScript script, IReadOnlyList<ScriptStep> steps)
    {
        internal JobScript Script { get; } = script;

        internal IReadOnlyList<ScriptStep> Steps { get; } = steps;

        internal int Next { get; set; }

        internal bool IsHeld { get; set; }

        /// <summary>Whether it would write, but is not read.</summary>
        internal bool IsBlocked { get; set; }

        internal bool HasEnded { get; set; }
    }
}
