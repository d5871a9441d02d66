using Megatux.Model;

namespace Megatux.Tree;

/// <summary>Nodes of a branch by how they are. Whoever is in none of the sets is down.</summary>
/// <param name="Up">They can be given work.</param>
/// <param name="Boot">They are being started.</param>
/// <param name="Error">They failed, and are started again after a pause.</param>
public sealed record NodeStates(NodeSet Up, NodeSet Boot, NodeSet Error)
{
    /// <summary>No nodes.</summary>
    public static NodeStates None { get; } = new(NodeSet.Empty, NodeSet.Empty, NodeSet.Empty);

    /// <summary>Nodes that are up, and no others.</summary>
    public static NodeStates OnlyUp(NodeSet up) => new(up, NodeSet.Empty, NodeSet.Empty);

    /// <summary>The nodes of all branches. One that two branches have, as while it moves, counts once, in its best state.</summary>
    public static NodeStates UnionOf(IReadOnlyCollection<NodeStates> branches)
    {
        NodeSet up = NodeSet.UnionOf(branches.Select(branch => branch.Up));
        NodeSet boot = NodeSet.UnionOf(branches.Select(branch => branch.Boot)).Except(up);
        return new NodeStates(up, boot, NodeSet.UnionOf(branches.Select(branch => branch.Error)).Except(up).Except(boot));
    }
}
