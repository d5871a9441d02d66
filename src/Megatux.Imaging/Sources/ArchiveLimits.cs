namespace Megatux.Imaging;

/// <summary>What an archive may unpack to; an archive of a few kilobytes can claim terabytes.</summary>
public sealed record ArchiveLimits
{
    /// <summary>2 GiB and a million names.</summary>
    public static readonly ArchiveLimits Default = new();

    /// <summary>Length of the whole unpacked archive in bytes, headers and padding included.</summary>
    public long MaxBytes { get; init; } = 2L << 30;

    /// <summary>Members of the archive, and names in the image that they make, missing folders included.</summary>
    public int MaxEntries { get; init; } = 1_000_000;
}
