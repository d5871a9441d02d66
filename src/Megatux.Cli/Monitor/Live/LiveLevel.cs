using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Whose nodes a live view shows.</summary>
/// <param name="Title">What stands above them.</param>
/// <param name="Nodes">They; null for all that a record has.</param>
/// <param name="All">How many there are, of which <paramref name="Nodes"/> may be the first only.</param>
/// <param name="Host">The host whose guests they are; null at the top.</param>
internal sealed record LiveLevel(string Title, NodeSet? Nodes, long All, string? Host = null);
