namespace Megatux.Cli;

/// <summary>A path on nodes, as people write it: NODES:PATH.</summary>
/// <param name="Nodes">The nodes, as they were typed.</param>
/// <param name="Path">The path there, from the root on.</param>
internal sealed record NodePath(string Nodes, string Path)
{
    /// <summary>Reads one; null for a path of this machine, in which a slash comes before any colon.</summary>
    internal static NodePath? TryParse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal), slash = text.IndexOf('/', StringComparison.Ordinal);
        return colon < 1 || slash >= 0 && slash < colon ? null : new NodePath(text[..colon], text[(colon + 1)..] is ['/', ..] path ? path : $"/{text[(colon + 1)..]}");
    }
}
