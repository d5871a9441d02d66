using System.Diagnostics.CodeAnalysis;

namespace Megatux.Imaging;

/// <summary>
/// What an image unpacks to, found without a disk: each record does here what init/initramfs.c makes it do in the kernel
/// (clean_path, maybe_link, do_name, do_symlink), the silent failures too.
/// </summary>
internal sealed partial class UnpackedImage : IImageView
{
    /// <summary>The longest name of a directory's entry, in bytes (NAME_MAX).</summary>
    private const int LongestName = 255;

    private readonly ImageReader _reader;
    private readonly Dictionary<string, UnpackedNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<(uint, uint, uint, EntryKind), string> _firstNames = [];
    private int _made;
    private int _member = 1;

    internal UnpackedImage(ImageReader reader)
    {
        _reader = reader;
        Root = new UnpackedNode(_made++, new ImageEntry { Path = "", Kind = EntryKind.Directory, Mode = Modes.Directory }, 0, 0);
    }

    /// <summary>The root, which every image has.</summary>
    internal UnpackedNode Root { get; }

    /// <summary>True when a record (".") gave the root its mode and owner.</summary>
    internal bool RootIsGiven { get; private set; }

    /// <summary>All names but the root's, in no order.</summary>
    internal IReadOnlyDictionary<string, UnpackedNode> Nodes => _nodes;

    /// <inheritdoc/>
    public ImageEntry? Find(string path) => path.Length == 0 ? Root.Entry : _nodes.GetValueOrDefault(path)?.Entry;

    /// <summary>Reads the next record and unpacks it; false at the end of the image.</summary>
    internal bool Next([NotNullWhen(true)] out ImageRecord? record, [NotNullWhen(true)] out Placement? placement)
    {
        record = _reader.Next();
        placement = null;
        if (record is null)
            return false;

        // do_name: a trailer empties the table of hard links; only that, not a change of compression.
        if (record.Member != _member && _reader.Members[_member - 1].HasTrailer)
            _firstNames.Clear();
        _member = record.Member;
        placement = Place(record);
        return true;
    }

    private Placement Place(ImageRecord record)
    {
        if (record.PassedOver is { } reason)
            return Drop(record.Entry.Path, $"the kernel passes over it, because {reason}");
        if (Locate(record.Entry.Path, out string path) is { } nowhere)
            return Drop(record.Entry.Path, nowhere);
        if (path.Length == 0)
            return PlaceAtRoot(record);
        return record.Entry.Kind switch
        {
            EntryKind.File => PlaceFile(record, path),
            EntryKind.Directory => PlaceDirectory(record, path),
            EntryKind.SymbolicLink => PlaceSymbolicLink(record, path),
            _ => PlaceSpecial(record, path),
        };
    }

    /// <summary>Where a name leads once links on the way are followed; says why if nowhere.</summary>
    private string? Locate(string name, out string path)
    {
        path = "";
        string[] parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        int last = Array.FindLastIndex(parts, part => part != ".");
        if (last < 0)
            return null;
        if (parts[last] == "..")
            return "its name ends in '..'";
        if (PathText.ByteCount(parts[last]) > LongestName)
            return $"a part of its name is longer than {LongestName} bytes: the kernel drops it";

        ResolvedPath folder = ImagePath.Resolve(this, string.Join('/', parts.AsSpan(0, last)!), followLast: true);
        if (folder.Fault == PathFault.Loop)
            return $"its folder {folder.Path} is a loop of links: the kernel drops it";
        if (folder.Fault == PathFault.NotADirectory || (folder.Path.Length > 0 && folder.Entry is { Kind: not EntryKind.Directory }))
            return $"its parent {folder.Path} is no directory: the kernel drops it";
        if (folder.Path.Length > 0 && folder.Entry is null)
            return $"its parent {folder.Path} is missing: the kernel drops it";
        path = ImagePath.Join(folder.Path, parts[last]);
        return null;
    }

    private Placement PlaceAtRoot(ImageRecord record)
    {
        if (record.Entry.Kind != EntryKind.Directory)
            return Drop("", "it would take the place of the root: the kernel drops it");
        Root.SetModeAndOwner(record);
        RootIsGiven = true;
        return new Placement(PlacementKind.Kept, "", Root);
    }

    private static Placement Drop(string path, string surprise) =>
        new(PlacementKind.Dropped, path, null) { Surprise = surprise };
}
