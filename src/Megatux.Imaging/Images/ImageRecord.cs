namespace Megatux.Imaging;

/// <summary>One record of an image as it stands there, with what the format's other readers would not show.</summary>
/// <param name="Member">Number of the member that holds it, counted from 1.</param>
/// <param name="Compression">How the member is compressed: "gzip", "zstd" or "none".</param>
/// <param name="Entry">
/// What the record describes, its path just as it is written there ("./etc", "/etc" and "." too); a file's contents are
/// not attached, they are read in passing.
/// </param>
/// <param name="Length">Bytes of the file, or of the link target.</param>
/// <param name="InodeMajor">With <paramref name="InodeMinor"/>, the device that the inode number counts for.</param>
/// <param name="InodeMinor">See <paramref name="InodeMajor"/>.</param>
/// <param name="Inode">Inode number: names with the same number within a member, and more than one link, are one file.</param>
/// <param name="Links">Number of names of the file.</param>
/// <param name="ModifiedAt">Modification time in seconds since 1970.</param>
public sealed record ImageRecord(
    int Member, string Compression, ImageEntry Entry, long Length, uint InodeMajor, uint InodeMinor, uint Inode, uint Links, uint ModifiedAt)
{
    /// <summary>Why the kernel passes over the record without a word; null for what it unpacks.</summary>
    public string? PassedOver { get; init; }
}
