using Megatux.Tree;

namespace Megatux.Simulator;

/// <summary>What must hold of the tree, and of what daemons keep, at any time.</summary>
internal sealed class TreeChecks(World world)
{
    /// <summary>The most bytes of output that wait at a daemon for a job: what makes it send, and one message more.</summary>
    private const long MostHeld = (1 << 20) + (64 << 10);

    /// <summary>Throws where something does not hold.</summary>
    internal void Check()
    {
        var parents = new Dictionary<long, long>();
        foreach (VirtualDaemon daemon in world.Daemons)
        {
            CheckMemory(daemon);
            foreach (long link in daemon.Tree.ChildLinks)
            {
                if (daemon.EndOf(link) is not { IsOpen: true, Other: { IsOpen: true, Owner: { IsAlive: true } child } })
                    continue;
                if (!parents.TryAdd(child.Rank, daemon.Rank))
                    throw world.Violation($"{child.Name} has one parent", $"hosts {parents[child.Rank]} and {daemon.Rank} are, by live links");
            }

            DepthOf(daemon);
        }
    }

    /// <summary>How many links are between a daemon and the root; null when there is no way to the root.</summary>
    internal int? DepthOf(VirtualDaemon daemon)
    {
        VirtualDaemon at = daemon;
        for (int depth = 0; depth <= world.Hosts.Count; depth++)
        {
            if (at.Rank == TreeDaemon.Root)
                return depth;
            if (ParentOf(at) is not { } parent)
                return null;
            at = parent;
        }

        throw world.Violation("there is no cycle", $"{daemon.Name} is below itself, or below those that are");
    }

    /// <summary>Whether every daemon that runs has a way to the root.</summary>
    internal bool AreAllJoined() => world.Root.Daemon is not null && world.Daemons.All(daemon => DepthOf(daemon) is not null);

    private static VirtualDaemon? ParentOf(VirtualDaemon daemon) =>
        daemon.Tree.ParentLink is { } link && daemon.EndOf(link) is { IsOpen: true, Other: { IsOpen: true, Owner: { IsAlive: true } parent } other }
        && parent.Tree.HasChild(other.Link) ? parent : null;

    private void CheckMemory(VirtualDaemon daemon)
    {
        int jobs = world.Jobs.Count;
        long waits = 2 * SimulatedProgram.BlobCount + 1 + world.Options.Nodes.GuestsPerHost;
        if (daemon.Router.ProgramWaits > waits)
            throw world.Violation($"at {daemon.Name} at most {waits} wait for programs: its nodes, and it and its children for each part of one", $"{daemon.Router.ProgramWaits} do");
        if (daemon.Router.JobCount > jobs)
            throw world.Violation($"{daemon.Name} knows the {jobs} jobs that there were", $"it knows {daemon.Router.JobCount}");
        if (daemon.Router.HeldBytes > MostHeld * Math.Max(1, jobs))
            throw world.Violation($"{daemon.Name} holds at most {MostHeld} bytes for a job", $"it holds {daemon.Router.HeldBytes} for {jobs}");
    }
}
