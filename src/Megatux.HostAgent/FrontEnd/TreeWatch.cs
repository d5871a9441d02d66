using System.Collections.Concurrent;
using Megatux.Model;
using Megatux.Tree;

namespace Megatux.HostAgent;

/// <summary>Tells a pool of hosts without channels which of them are up: those that the tree has.</summary>
internal sealed class TreeWatch(Experiment experiment, TreeAnswers tree, NodePool pool)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // Longer than the root takes a child for there that is silent: one that was switched off and on again is not up by what it was.
    private static readonly TimeSpan Doubt = TreeTimes.ChildSilence + TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, long> _launched = new();
    private volatile NodeSet _up = NodeSet.Empty;

    /// <summary>Whether the tree has a host, and not from before its last start.</summary>
    internal bool Has(int host) => _up.Contains(experiment.HostName(host));

    /// <summary>A host is started.</summary>
    internal void Launched(int host) => _launched[host] = Environment.TickCount64;

    /// <summary>Watches until cancelled, on a thread of its own.</summary>
    internal void Start(CancellationToken stop) => new Thread(() =>
    {
        do
            Look();
        while (!stop.WaitHandle.WaitOne(Pause));
    })
    {
        IsBackground = true,
    }.Start();

    private void Look()
    {
        NodeSet up = tree.States().Up.Intersect(experiment.Hosts), known = up;
        foreach ((int host, long since) in _launched)
        {
            var name = NodeSet.Parse(experiment.HostName(host));
            if (up.Contains(name) && Environment.TickCount64 - since < Doubt.TotalMilliseconds)
                known = known.Except(name);
            else
                _launched.TryRemove(KeyValuePair.Create(host, since));
        }

        foreach (string host in known.Except(_up).Expand())
            if (experiment.Find(host) is HostNode node)
                pool.Post(() => pool.CameUp((int)node.Rank));
        _up = known;
    }
}
