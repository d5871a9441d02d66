using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Simulator;

/// <summary>Which nodes the root did not have for up, and for how long: only such may be lost, but for those that ended.</summary>
internal sealed class Absences(World world)
{
    private static readonly TimeSpan Inaccuracy = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, TimeSpan> _since = [];
    private readonly HashSet<string> _long = [];
    private VirtualDaemon? _root;

    /// <summary>Whether a node was away for as long as makes it lost, since the root's daemon was started.</summary>
    internal bool WasLong(string name) => _long.Contains(name);

    internal void Look()
    {
        if (world.Options.IsLarge)
            return;
        if (_root != world.Root.Daemon)
        {
            // While the root is away, it is not the nodes that are.
            _root = world.Root.Daemon;
            _since.Clear();
        }

        if (_root is null)
            return;
        NodeSet away = world.Options.Nodes.All.Except(world.Root.Up);
        foreach (string name in _since.Keys.ToArray())
            if (!away.Contains(name))
                _since.Remove(name);
        foreach (string name in away.Expand())
            if (!_since.TryAdd(name, world.Clock.Now) && world.Clock.Now - _since[name] > JobRoot.LostAfter - Inaccuracy)
                _long.Add(name);
    }
}
