namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>The property Compression names no known format. Use gzip, zstd or none.</summary>
    public const string CompressionUnknown = "MTX2001";

    /// <summary>The property CompressionLevel is no level of the chosen format.</summary>
    public const string CompressionLevelOutOfRange = "MTX2002";

    /// <summary>A name in an image is longer than the kernel takes (4095 bytes); it would be skipped without a word. Shorten it.</summary>
    public const string NameTooLong = "MTX2003";

    /// <summary>A link target in an image is longer than the kernel takes (4095 bytes). Shorten it.</summary>
    public const string LinkTooLong = "MTX2004";

    /// <summary>A file in an image is larger than a record can hold (4 GiB - 1). Leave it out, or bring it by a disk.</summary>
    public const string FileTooLarge = "MTX2005";

    /// <summary>A file changed while it was being packed. Build again when nothing writes to it.</summary>
    public const string FileChanged = "MTX2006";

    /// <summary>An image is damaged: a record, a compressed stream or its checksum is not as the format wants it.</summary>
    public const string ImageDamaged = "MTX2007";

    /// <summary>An image is compressed in a way that cannot be read here. gzip, zstd and none can.</summary>
    public const string ImageCompressionUnreadable = "MTX2008";

    /// <summary>An image could not be extracted without writing outside the target folder, or over what is there.</summary>
    public const string ExtractionRefused = "MTX2009";

    /// <summary>A path or member that was asked for is not in the image. `megatux image ls` shows what is.</summary>
    public const string NotInImage = "MTX2010";

    /// <summary>The SDK holds no agent, which every image needs. Install the package Megatux.Sdk again.</summary>
    public const string AgentMissing = "MTX2011";

    /// <summary>An entry lies below something that is not a directory, or below nothing: the kernel would drop it without a word.</summary>
    public const string ParentMissing = "MTX2101";

    /// <summary>A directory would replace a symbolic link of a lower member, and hide all that is reached through it. Put the files where the link points.</summary>
    public const string DirectoryOverLink = "MTX2102";

    /// <summary>A file or link would replace a directory of a lower member that is not empty: the kernel cannot do that.</summary>
    public const string FileOverDirectory = "MTX2103";
}
