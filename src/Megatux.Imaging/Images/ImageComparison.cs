using System.Globalization;
using System.Security.Cryptography;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>A name that two images differ in.</summary>
/// <param name="Path">The path; "." is the root.</param>
/// <param name="Before">What the first image has there, in a few words; null if nothing.</param>
/// <param name="After">What the second image has there, in a few words; null if nothing.</param>
/// <param name="Changes">For a name that both have: what differs, in words.</param>
public sealed record ImageDifference(string Path, string? Before, string? After, IReadOnlyList<string> Changes);

/// <summary>Compares what two images unpack to, all members applied one over the other. Contents are hashed in passing.</summary>
public static class ImageComparison
{
    private const int BufferLength = 1 << 16;

    /// <summary>Compares two images; the differences come in the ordinal order of their paths.</summary>
    /// <exception cref="MegatuxException">An image cannot be read, or is damaged.</exception>
    public static IEnumerable<ImageDifference> Compare(string before, string after, CancellationToken cancellation = default)
    {
        UnpackedImage first = Read(before, cancellation);
        UnpackedImage second = Read(after, cancellation);
        if (Differences(first.Root, second.Root, ".", ".") is { Count: > 0 } root)
            yield return new ImageDifference(".", Describe(first.Root), Describe(second.Root), root);

        Dictionary<UnpackedNode, string> names = FirstNames(first), otherNames = FirstNames(second);
        var paths = new List<string>(first.Nodes.Keys);
        paths.AddRange(second.Nodes.Keys.Where(path => !first.Nodes.ContainsKey(path)));
        paths.Sort(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            UnpackedNode? was = first.Nodes.GetValueOrDefault(path), now = second.Nodes.GetValueOrDefault(path);
            List<string> changes = was is null || now is null ? [] : Differences(was, now, names[was], otherNames[now]);
            if (was is null || now is null || changes.Count > 0)
                yield return new ImageDifference(path, was is null ? null : Describe(was), now is null ? null : Describe(now), changes);
        }
    }

    private static UnpackedImage Read(string path, CancellationToken cancellation)
    {
        using ImageReader reader = ImageReader.Open(path);
        var image = new UnpackedImage(reader);
        byte[] buffer = new byte[BufferLength];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (image.Next(out _, out Placement? placement))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!placement.TakesContent)
                continue;
            while (reader.ReadContent(buffer) is > 0 and int read)
                hash.AppendData(buffer, 0, read);
            placement.Node!.Digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        return image;
    }

    /// <summary>Of each node the first of its names: what tells hard links of one file from copies.</summary>
    private static Dictionary<UnpackedNode, string> FirstNames(UnpackedImage image)
    {
        var names = new Dictionary<UnpackedNode, string>();
        foreach ((string path, UnpackedNode node) in image.Nodes)
            if (!names.TryGetValue(node, out string? first) || string.CompareOrdinal(path, first) < 0)
                names[node] = path;
        return names;
    }

    private static List<string> Differences(UnpackedNode was, UnpackedNode now, string firstName, string otherFirstName)
    {
        ImageEntry a = was.Entry, b = now.Entry;
        if (a.Kind != b.Kind)
            return [$"{a.Kind} became {b.Kind}"];
        var changes = new List<string>();
        if (a.Mode != b.Mode)
            changes.Add($"mode {Convert.ToString(a.Mode, 8)} became {Convert.ToString(b.Mode, 8)}");
        if ((a.Uid, a.Gid) != (b.Uid, b.Gid))
            changes.Add($"owner {a.Uid}:{a.Gid} became {b.Uid}:{b.Gid}");
        if (a.LinkTarget != b.LinkTarget)
            changes.Add($"link to {PathText.Show(a.LinkTarget!)} became {PathText.Show(b.LinkTarget!)}");
        if ((a.DeviceMajor, a.DeviceMinor) != (b.DeviceMajor, b.DeviceMinor))
            changes.Add($"device {a.DeviceMajor},{a.DeviceMinor} became {b.DeviceMajor},{b.DeviceMinor}");
        if (was.Digest != now.Digest)
            changes.Add(was.Length == now.Length ? $"contents changed ({was.Length} bytes)" : $"contents changed ({was.Length} bytes became {now.Length})");
        if (firstName != otherFirstName)
            changes.Add($"{HardLink(was, firstName)} became {HardLink(now, otherFirstName)}");
        return changes;
    }

    private static string HardLink(UnpackedNode node, string firstName) =>
        node.Names > 1 ? $"hard link of {PathText.Show(firstName)}" : "file of its own";

    private static string Describe(UnpackedNode node) => node.Kind switch
    {
        EntryKind.File => string.Create(CultureInfo.InvariantCulture, $"file of {node.Length} bytes"),
        EntryKind.SymbolicLink => $"link to {PathText.Show(node.Entry.LinkTarget!)}",
        EntryKind.CharacterDevice => $"character device {node.Entry.DeviceMajor},{node.Entry.DeviceMinor}",
        EntryKind.BlockDevice => $"block device {node.Entry.DeviceMajor},{node.Entry.DeviceMinor}",
        EntryKind kind => kind.ToString().ToLowerInvariant(),
    };
}
