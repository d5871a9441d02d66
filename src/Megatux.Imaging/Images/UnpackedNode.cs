namespace Megatux.Imaging;

/// <summary>A file, directory or other inode of an unpacked image; names that are hard links of each other share one.</summary>
internal sealed class UnpackedNode(int number, ImageEntry entry, int member, uint modifiedAt)
{
    /// <summary>How many were made before it: the same each time that the same image is unpacked.</summary>
    internal int Number { get; } = number;

    /// <summary>Type, mode, owner, device and link target; the path is the one that it was first made at.</summary>
    internal ImageEntry Entry { get; private set; } = entry;

    /// <summary>The member that made it.</summary>
    internal int Member { get; } = member;

    /// <summary>Modification time in seconds since 1970: that of the last record that set mode and owner.</summary>
    internal uint ModifiedAt { get; private set; } = modifiedAt;

    /// <summary>How many names it has.</summary>
    internal int Names { get; set; } = 1;

    /// <summary>Of a directory, how many names it holds.</summary>
    internal int Children { get; set; }

    /// <summary>Of a file, how many bytes it holds.</summary>
    internal long Length { get; set; }

    /// <summary>Digest of a file's contents, where somebody reads them.</summary>
    internal string Digest { get; set; } = "";

    internal EntryKind Kind => Entry.Kind;

    internal void SetModeAndOwner(ImageRecord from)
    {
        Entry = Entry with { Mode = from.Entry.Mode, Uid = from.Entry.Uid, Gid = from.Entry.Gid };
        ModifiedAt = from.ModifiedAt;
    }
}
