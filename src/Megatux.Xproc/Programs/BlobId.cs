using System.Security.Cryptography;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>Which bytes: the SHA-256 digest of their contents. Whoever has it can tell whether what came is what was asked for.</summary>
public readonly record struct BlobId
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int Length = 32;

    private readonly string? _text;

    private BlobId(string text) => _text = text;

    /// <summary>The bytes with this digest.</summary>
    /// <exception cref="ArgumentException">It has not 32 bytes.</exception>
    public static BlobId Of(ReadOnlySpan<byte> digest) =>
        digest.Length == Length ? new BlobId(Convert.ToHexStringLower(digest)) : throw new ArgumentException($"a digest has {Length} bytes, this has {digest.Length}", nameof(digest));

    /// <summary>These bytes.</summary>
    public static BlobId OfContents(ReadOnlySpan<byte> contents) => Of(SHA256.HashData(contents));

    /// <summary>The digest in hexadecimal digits.</summary>
    public override string ToString() => _text ?? "";

    /// <summary>The digest.</summary>
    public byte[] ToBytes() => Convert.FromHexString(ToString());

    internal void Write(PayloadWriter payload) => payload.Bytes(ToBytes());

    internal static BlobId? Read(ref PayloadReader reader) => reader.Bytes() is { Length: Length } digest ? Of(digest) : null;
}
