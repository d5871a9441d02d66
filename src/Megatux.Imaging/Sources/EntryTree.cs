using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// The image's names as members of an archive make them, in the way that extraction by tar would: later members win
/// over earlier ones, and a path through a symbolic link of the archive lands where the link points.
/// </summary>
internal sealed partial class EntryTree(ArchiveErrors errors, ArchiveLimits limits)
{
    internal const int ImplicitMode = 0b111_101_101;

    // A few kilobytes of archive could otherwise make gigabytes of paths for missing folders.
    private const long MostPathCharacters = 1L << 27;

    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);
    private long _pathCharacters;

    /// <summary>What a path stands for. Hard links to one file share one node.</summary>
    internal sealed class Node
    {
        public required EntryKind Kind { get; init; }

        public required int Mode { get; init; }

        public uint Uid { get; init; }

        public uint Gid { get; init; }

        public string? LinkTarget { get; init; }

        public uint DeviceMajor { get; init; }

        public uint DeviceMinor { get; init; }

        public Content? Content { get; init; }

        public bool Implicit { get; init; }

        /// <summary>Names of a file; names in a directory.</summary>
        public int Count { get; set; }
    }

    /// <summary>What stands at a path that <see cref="Locate"/> gave.</summary>
    public Node? Find(string path) => _nodes.GetValueOrDefault(path);

    /// <summary>Puts a node at a path that <see cref="Locate"/> gave, in place of what stood there.</summary>
    public void Put(string path, Node node, string member)
    {
        if (!_nodes.TryGetValue(path, out Node? old))
        {
            if (_nodes.Count >= limits.MaxEntries || (_pathCharacters += path.Length) > MostPathCharacters)
                throw TooManyEntries();
            if (Parent(path) is { Length: > 0 } parent)
                _nodes[parent].Count++;
        }
        else if (old.Kind == EntryKind.Directory)
        {
            if (node.Kind == EntryKind.Directory)
                node.Count = old.Count;
            else if (old.Count > 0)
                throw errors.Member(ErrorCodes.ArchiveMembersClash, member, "it is no folder, but the archive has a folder of that name with something in it.");
        }
        else if (old.Kind == EntryKind.File)
        {
            old.Count--;
        }

        _nodes[path] = node;
        if (node.Kind == EntryKind.File)
            node.Count++;
    }

    /// <summary>The error for more names than the limit.</summary>
    public MegatuxException TooManyEntries() =>
        errors.Archive(ErrorCodes.ArchiveTooLarge, $"it has more than the limit of {limits.MaxEntries} names, or names too long. Take a smaller base or raise the limit.");

    /// <summary>All entries, ordered by path.</summary>
    public List<ImageEntry> ToEntries()
    {
        string[] paths = [.. _nodes.Keys];
        Array.Sort(paths, StringComparer.Ordinal);
        var entries = new List<ImageEntry>(paths.Length);
        var firstNames = new Dictionary<Node, string>(ReferenceEqualityComparer.Instance);
        foreach (string path in paths)
        {
            Node node = _nodes[path];
            string? first = null;
            if (node.Kind == EntryKind.File && node.Count > 1 && !firstNames.TryAdd(node, path))
                first = firstNames[node];

            entries.Add(new ImageEntry
            {
                Path = path,
                Kind = node.Kind,
                Mode = node.Mode,
                Uid = node.Uid,
                Gid = node.Gid,
                LinkTarget = node.LinkTarget,
                HardLinkTo = first,
                DeviceMajor = node.DeviceMajor,
                DeviceMinor = node.DeviceMinor,
                Content = first is null ? node.Content : null,
                Implicit = node.Implicit,
                Origin = errors.ArchiveName,
            });
        }

        return entries;
    }

    private static string Parent(string path) => path.LastIndexOf('/') is >= 0 and int slash ? path[..slash] : "";
}
