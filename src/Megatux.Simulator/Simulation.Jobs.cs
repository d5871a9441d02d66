using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Simulator;

/// <content>The jobs of a run: some while things go wrong, and commands on all nodes when nothing does.</content>
public sealed partial class Simulation
{
    private const int JobCount = 8;

    private void RunJobs()
    {
        TimeSpan end = Clock.Now + Trouble;
        _world.Monitoring?.Settings.ChangeUntil(end);
        for (int i = 0; i < JobCount; i++)
        {
            ScriptKind kind = (ScriptKind)((i + _world.Options.Seed) % Enum.GetValues<ScriptKind>().Length);
            Clock.After(Trouble * (0.9 * _world.Random.NextDouble()), () => StartJob(kind, end));
        }

        Clock.RunTo(end);
    }

    private void StartJob(ScriptKind kind, TimeSpan end)
    {
        SimulatedNodes nodes = _world.Options.Nodes;
        NodeSet asked = _world.Random.Next(4) switch
        {
            0 => nodes.Hosts,
            1 when nodes.GuestsPerHost > 0 => nodes.Guests,
            2 => _world.Hosts[_world.Random.Next(_world.Hosts.Count)] is var host ? NodeSet.Parse(host.Name).Union(nodes.GuestsOf(host.Name)) : nodes.All,
            _ => nodes.All,
        };
        if (_world.Jobs.Start(kind, asked, _world.Programs?.Draw()) is { Script.IsEndless: true } job)
            Clock.At(Clock.Now + (end - Clock.Now) * _world.Random.NextDouble(), () => KillAgain(job));
    }

    private void KillAgain(JobAccount job)
    {
        _world.Jobs.Kill(job);
        if (job.Ended is null)
            Clock.After(TimeSpan.FromSeconds(5), () => KillAgain(job));
    }

    // One that no host has, but some of its parts.
    private void Bring()
    {
        if (_world.Programs is not null)
            RunEverywhere(SimulatedProgram.Last);
    }

    private long Command()
    {
        RunEverywhere(null);

        // So that nodes forget it.
        Clock.RunTo(Clock.Now + TimeSpan.FromSeconds(1));
        return MostMessages();
    }

    private void RunEverywhere(SimulatedProgram? program)
    {
        // While jobs came to their ends, one or another may have been looking for a new way.
        MustSoon(IsSettled, RejoinLimit, "all daemons have a way to the root, and it knows all nodes");
        foreach (VirtualDaemon daemon in _world.Daemons)
            daemon.Messages = 0;
        JobAccount job = _world.Jobs.Start(ScriptKind.Equal, _world.Options.Nodes.All, program)!;
        MustSoon(() => job.Ended is not null, JobLimit, "a command on all nodes is over");
        if (job.CountOf(RecordKind.Exit) != _world.Options.Nodes.Count)
            throw _world.Violation("all nodes answer when nothing goes wrong", $"{job.CountOf(RecordKind.Exit)} of {_world.Options.Nodes.Count} do");
    }
}
