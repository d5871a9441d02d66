using Megatux.Model;

namespace Megatux.Simulator;

/// <summary>
/// What nodes are asked in a run: programs are put in, replaced and forgotten, nodes are watched. The root keeps programs when it ends, and
/// forgets who is watched.
/// </summary>
internal sealed class MonitorSettings(World world, Random random)
{
    private const string Naming = "naming", Plain = "plain";

    /// <summary>How many nodes are watched at once, at most.</summary>
    private const int MostWatched = 3;

    private readonly SortedDictionary<string, int> _versions = [];
    private int _version;

    /// <summary>Which version of a program is to be run; null for none.</summary>
    internal int? VersionOf(string program) => _versions.TryGetValue(program, out int version) ? version : null;

    /// <summary>Changes something now and then, up to a time.</summary>
    internal void ChangeUntil(TimeSpan end)
    {
        TimeSpan pause = TimeSpan.FromSeconds(1 + 14 * random.NextDouble());
        if (world.Clock.Now + pause < end)
            world.Clock.After(pause, () =>
            {
                Change();
                ChangeUntil(end);
            });
    }

    /// <summary>A root has been started: it is told what was kept, and whoever waited for it changes something at once, or does not.</summary>
    internal void Started()
    {
        if (_versions.Count > 0)
            Configure(NodeSet.Empty);
        if (random.Next(2) == 0)
            world.Clock.After(TimeSpan.FromMilliseconds(random.Next(2000)), Change);
    }

    /// <summary>From now on new programs of both kinds are run, and some nodes are watched.</summary>
    internal void Conclude()
    {
        (_versions[Naming], _versions[Plain]) = (++_version, ++_version);
        Configure(Draw());
    }

    private void Change()
    {
        // A root that is gone or stopped is asked by nobody.
        if (world.Root.Daemon is not { IsStopped: false } || world.Monitoring!.IsOver)
            return;
        string program = random.Next(2) == 0 ? Naming : Plain;
        if (random.Next(3) > 0)
            _versions[program] = ++_version;
        else
            _versions.Remove(program);
        Configure(Draw());
    }

    private void Configure(NodeSet watched)
    {
        VirtualDaemon daemon = world.Root.Daemon!;
        world.Monitoring!.Changed();
        world.Trace((ulong)_version, (ulong)_versions.Count, (ulong)watched.Count);
        world.Log(() => $"the root reduces by {string.Join(", ", _versions.Select(kept => $"{kept.Key} {kept.Value}"))} and watches {watched}");
        daemon.Take(() => daemon.Monitor!.Configure(watched, [.. _versions.Select(kept => (kept.Key, SyntheticSample.ProgramOf(kept.Value, kept.Key == Naming)))]));
    }

    private NodeSet Draw() => NodeSet.UnionOf(Enumerable.Range(0, random.Next(MostWatched + 1))
        .Select(_ => NodeSet.Parse(world.Options.Nodes.All.NodeAt(random.NextInt64(world.Options.Nodes.Count)))));
}
