namespace Megatux.Model;

/// <summary>How a member's archive is stored.</summary>
public enum MemberCompression
{
    /// <summary>As it is.</summary>
    None,

    /// <summary>RFC 1952.</summary>
    Gzip,

    /// <summary>RFC 8878.</summary>
    Zstd,
}

/// <summary>One member of an image: an archive of its own, which only some nodes may get.</summary>
public sealed record ManifestMember
{
    /// <summary>What the member is called, 1 to 128 characters; no other member of the experiment has the name.</summary>
    public required string Name { get; init; }

    /// <summary>The image that it is part of.</summary>
    public required ImageKind Image { get; init; }

    /// <summary>The nodes that get it; null for all that boot the image.</summary>
    public NodeSet? Nodes { get; init; }

    /// <summary>
    /// The file that holds it, relative to the manifest's folder, with '/' between components: the image when all nodes get
    /// it (images hold their members in the manifest's order), a file of its own when only some do.
    /// </summary>
    public required string File { get; init; }

    /// <summary>Length of the packed member in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the packed member: 64 hexadecimal digits in lower case.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How the member is packed.</summary>
    public required MemberCompression Compression { get; init; }
}

/// <summary>The kernel that boots an image.</summary>
public sealed record ManifestKernel
{
    /// <summary>Its file, relative to the manifest's folder, with '/' between components.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file: 64 hexadecimal digits in lower case.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its release, as <c>uname -r</c> says it, 1 to 128 characters.</summary>
    public required string Version { get; init; }
}
