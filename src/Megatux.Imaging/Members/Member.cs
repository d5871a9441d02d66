using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>A packed layer of an image, lying in the cache or where it was shipped to.</summary>
/// <param name="Name">Name, unique in the experiment: <c>guest-overlay-common</c>.</param>
/// <param name="Path">Where the packed archive lies.</param>
/// <param name="Digest">SHA-256 of the packed archive, in hexadecimal.</param>
/// <param name="Length">Bytes of the packed archive.</param>
/// <param name="UnpackedLength">Bytes of the files in it.</param>
/// <param name="Entries">How many names it holds.</param>
public sealed record Member(string Name, string Path, string Digest, long Length, long UnpackedLength, int Entries)
{
    /// <summary>How the archive is compressed.</summary>
    public CompressionKind Compression { get; init; }

    /// <summary>The nodes that get the member; null when all do.</summary>
    public NodeSet? Nodes { get; init; }

    /// <summary>Why this build packed it, for people; null when the cached one was taken.</summary>
    public string? PackedBecause { get; init; }
}
