using Megatux.Hypervisors;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>Launches the nodes of a pool, which it knows by their numbers.</summary>
internal interface INodeLauncher
{
    /// <summary>How many nodes there are.</summary>
    int Count { get; }

    /// <summary>How many boot at once, from 1.</summary>
    int MostBooting { get; }

    /// <summary>The name of a node's console log.</summary>
    string LogNameOf(int number);

    /// <summary>Starts a node.</summary>
    /// <exception cref="MegatuxException">It cannot be started.</exception>
    Machine Launch(int number);

    /// <summary>Takes what a node sent: nothing may be believed of it. Until it is done, no more is read of that node.</summary>
    ValueTask ReceiveAsync(int number, RunningNode node, Agents.ChannelKind kind, ReadOnlyMemory<byte> payload);

    /// <summary>A node is in another state now; the node is null when it does not run. On the pool's thread.</summary>
    void Changed(int number, RunningNode? node, NodeState state);

    /// <summary>A node will answer nothing more, though it runs: whoever waits for it is told.</summary>
    void Silenced(RunningNode node);

    /// <summary>Removes what a node that has ended left, and tells whoever waits for it.</summary>
    void Ended(int number, RunningNode node);
}
