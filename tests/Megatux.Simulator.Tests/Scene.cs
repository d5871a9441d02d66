using Megatux.Tree;

namespace Megatux.Simulator.Tests;

/// <summary>A world in which all is up, for what a test wants to go wrong in it.</summary>
internal sealed class Scene
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10), Limit = TimeSpan.FromMinutes(3);

    private readonly TreeChecks _checks;

    internal Scene(long hosts, int guests, int seed = 1)
    {
        World = new World(new SimulationOptions(SimulatedNodes.Of(hosts, guests), seed, FaultProfile.All[0]) { HasMonitoring = false });
        _checks = new TreeChecks(World);
        World.Root.Start();
        foreach (VirtualHost host in World.Hosts)
            host.Boot();
        Look();
        Settle();
    }

    internal World World { get; }

    /// <summary>The child of the root with the most children.</summary>
    internal VirtualHost SecondaryMaster => World.Hosts.Where(host => host.Daemon!.Tree.Parent == TreeDaemon.Root).MaxBy(host => host.Daemon!.Tree.ChildCount)!;

    internal JobAccount Start(ScriptKind kind, SimulatedProgram? program = null) => World.Jobs.Start(kind, World.Options.Nodes.All, program)!;

    internal void Pass(double seconds) => World.Clock.RunTo(World.Clock.Now + TimeSpan.FromSeconds(seconds));

    internal void Settle() => Until(() => World.UpCount == World.Options.Nodes.Count && World.Root.Up.Equals(World.Options.Nodes.All) && _checks.AreAllJoined());

    internal void End(JobAccount job) => Until(() => job.Ended is not null);

    private void Until(Func<bool> isSo) => Assert.True(World.Clock.RunUntil(isSo, Step, World.Clock.Now + Limit));

    private void Look()
    {
        _checks.Check();
        World.LookForAbsent();
        World.Clock.After(TimeSpan.FromMilliseconds(500), Look);
    }
}
