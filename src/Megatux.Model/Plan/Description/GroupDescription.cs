namespace Megatux.Model;

/// <summary>A node group as a project file describes it: text, unread.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Nodes">Its nodes, in which words and groups before it may stand for nodes; null where the project leaves it out.</param>
public sealed record GroupDescription(string Name, string? Nodes);
