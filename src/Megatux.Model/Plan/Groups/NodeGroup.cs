namespace Megatux.Model;

/// <summary>Nodes of an experiment under a name: <c>@NAME</c> stands for them wherever nodes are named.</summary>
/// <param name="Name">A letter, then letters, digits, '-', '_' and '.', <see cref="NodeGroups.MaxName"/> at most.</param>
/// <param name="Nodes">The nodes, one at least.</param>
public sealed record NodeGroup(string Name, NodeSet Nodes);
