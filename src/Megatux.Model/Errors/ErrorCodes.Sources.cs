namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>A base archive or folder is not there or may not be read. Correct the path or its permissions.</summary>
    public const string SourceNotReadable = "MTX2301";

    /// <summary>A file is no tar archive, plain or packed with gzip, bzip2 or zstd. Pack it again in one of these forms.</summary>
    public const string ArchiveFormatUnknown = "MTX2302";

    /// <summary>An archive is cut off or damaged. Fetch or make it again.</summary>
    public const string ArchiveDamaged = "MTX2303";

    /// <summary>A member of an archive would lie, or a link of it would lead, outside the image. Do not trust the archive.</summary>
    public const string ArchiveMemberLeavesRoot = "MTX2304";

    /// <summary>A member has a name or target that no image can hold: too long, not UTF-8, with a NUL. Rename it.</summary>
    public const string ArchiveNameInvalid = "MTX2305";

    /// <summary>A member is of a kind that an image cannot hold or we cannot read (sparse, multi-volume). Pack the archive without it.</summary>
    public const string ArchiveMemberUnsupported = "MTX2306";

    /// <summary>An archive unpacks to more bytes or names than allowed. Take another archive, or raise the limit.</summary>
    public const string ArchiveTooLarge = "MTX2307";

    /// <summary>A hard link names something that is not a file packed before it. Pack the archive with its link's target.</summary>
    public const string ArchiveHardLinkDangling = "MTX2308";

    /// <summary>Members of one archive contradict each other: a file where a folder with contents stands, or the reverse.</summary>
    public const string ArchiveMembersClash = "MTX2309";

    /// <summary>The disk was full while an archive was unpacked. Free space there.</summary>
    public const string SpoolDiskFull = "MTX2310";

    /// <summary>The folder for unpacked contents cannot be written. Correct its permissions.</summary>
    public const string SpoolNotWritable = "MTX2311";

    /// <summary>Something in a folder cannot become part of an image: a name that is not UTF-8, a file over 4 GiB. Rename or remove it.</summary>
    public const string FolderEntryInvalid = "MTX2312";

    /// <summary>There is no static busybox for this machine. Install the package busybox-static.</summary>
    public const string BusyboxMissing = "MTX2313";

    /// <summary>busybox could not list its commands. Install the package busybox-static again.</summary>
    public const string BusyboxFailed = "MTX2314";
}
