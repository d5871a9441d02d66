using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Simulator;

/// <summary>The root: a daemon, and the jobs, which are found again after it was killed: from what it had, or from what it had written down.</summary>
internal sealed class VirtualRoot(World world)
{
    internal VirtualDaemon? Daemon { get; private set; }

    internal JobRoot? Jobs { get; private set; }

    /// <summary>The nodes that the root has for up.</summary>
    internal NodeSet Up => Daemon?.Tree.Members.Up ?? NodeSet.Empty;

    internal void Start()
    {
        if (Daemon is not null)
            return;
        if (Jobs is null || world.Random.Next(2) == 0)
        {
            Jobs = new JobRoot(() => Up, world.Jobs);
            world.Jobs.Resume(Jobs, world.Clock.Now);
        }

        VirtualDaemon daemon = new(world, null, Jobs);
        Daemon = daemon;
        daemon.Take(() => Jobs.Use(daemon.Router, world.Clock.Now));
        world.Monitoring?.Settings.Started();
    }

    internal void Crash()
    {
        Daemon?.End();
        Daemon = null;
    }
}
