namespace Megatux.Imaging;

/// <summary>One name in an image, described; a file's contents are read only when it is packed.</summary>
public sealed record ImageEntry
{
    /// <summary>
    /// Path inside the image: UTF-8 text, components joined by '/', without a leading or trailing slash, without empty,
    /// "." or ".." components. The root itself has no entry.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>What the name stands for.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>Permission bits with set-id and sticky bits: 0 to 07777.</summary>
    public required int Mode { get; init; }

    /// <summary>Owner, 0 to 2^32-1.</summary>
    public uint Uid { get; init; }

    /// <summary>Group, 0 to 2^32-1.</summary>
    public uint Gid { get; init; }

    /// <summary>Target of a symbolic link, as it will be written; null for all else.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>Path of another file entry of the same member that this one is a hard link to; null for all else.</summary>
    public string? HardLinkTo { get; init; }

    /// <summary>Major number of a device node, 0 for all else.</summary>
    public uint DeviceMajor { get; init; }

    /// <summary>Minor number of a device node, 0 for all else.</summary>
    public uint DeviceMinor { get; init; }

    /// <summary>A file's contents; null for all else and for hard links.</summary>
    public Content? Content { get; init; }

    /// <summary>
    /// True for a directory that nobody asked for by mode or owner: it is there because something lies below it.
    /// It is left out where a lower member has the directory, so that it never changes that one's mode.
    /// </summary>
    public bool Implicit { get; init; }

    /// <summary>
    /// True for what must be made anew where a lower member has something of the same type: the kernel would write into
    /// that file, under all of its names, or leave that device's numbers as they are.
    /// </summary>
    internal bool Afresh { get; init; }

    /// <summary>Where the entry comes from, as a person knows it (a file's path, "base.tgz", "package nsd"), for messages.</summary>
    public string Origin { get; init; } = "";
}
