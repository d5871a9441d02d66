using System.Globalization;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>Hosts that boot the same members, which not all hosts do: what a boot server tells apart.</summary>
/// <param name="Name">What boot servers call it: <c>class1</c>.</param>
/// <param name="Nodes">Its hosts.</param>
/// <param name="Files">Paths of the members beside the image, in order.</param>
public sealed record HostClass(string Name, NodeSet Nodes, IReadOnlyList<string> Files)
{
    /// <summary>The classes of a build's hosts; hosts with none but what all have are in no class.</summary>
    /// <param name="manifest">The experiment.</param>
    public static IReadOnlyList<HostClass> Of(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        string images = Path.GetDirectoryName(manifest.HostKernel?.File) ?? "";
        return Of(manifest.Experiment.Hosts,
            [.. manifest.Members.Where(member => member.Image == ImageKind.Host && member.Nodes is not null).Select(member => (member.Nodes!, Path.GetRelativePath(Path.Combine("/", images), Path.Combine("/", member.File))))]);
    }

    // Each member splits the classes that there are by now; as many come of it as differ, whatever the number of hosts.
    private static List<HostClass> Of(NodeSet hosts, IReadOnlyList<(NodeSet Nodes, string File)> members)
    {
        List<(NodeSet Nodes, string[] Files)> parts = [(hosts, [])];
        foreach ((NodeSet nodes, string file) in members)
            parts = [.. parts.SelectMany(part => new[] { (part.Nodes.Intersect(nodes), (string[])[.. part.Files, file]), (part.Nodes.Except(nodes), part.Files) }).Where(part => !part.Item1.IsEmpty)];
        var classes = new List<HostClass>();
        foreach ((NodeSet nodes, string[] files) in parts)
            if (files.Length > 0)
                classes.Add(new HostClass(string.Create(CultureInfo.InvariantCulture, $"class{classes.Count + 1}"), nodes, files));
        return classes;
    }
}
