using System.Security.Cryptography;

namespace Megatux.Imaging;

/// <summary>An archive of its own that is in no image: what it will be is known before it is written, as often as it is wanted.</summary>
public sealed class LooseMember
{
    private readonly IReadOnlyList<ImageEntry> _entries;

    private LooseMember(IReadOnlyList<ImageEntry> entries) => _entries = entries;

    /// <summary>The SHA-256 digest of its bytes.</summary>
    public ReadOnlyMemory<byte> Digest { get; private init; }

    /// <summary>Its length in bytes.</summary>
    public long Length { get; private init; }

    /// <summary>Finds out what the archive of these entries is.</summary>
    /// <param name="entries">Parents before children; the owner, modes and contents count, times do not.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="Model.MegatuxException">A file cannot be read or has changed its size, or a name or length is beyond what the format takes.</exception>
    public static LooseMember Of(IReadOnlyList<ImageEntry> entries, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var counted = new HashingStream(Stream.Null, hash);
        MemberWriter.Write(counted, entries, Compression.None, modifiedAt: 0, cancellation);
        return new LooseMember(entries) { Digest = hash.GetHashAndReset(), Length = counted.Written };
    }

    /// <summary>Writes it. If a file was changed since, the bytes are others.</summary>
    public void Write(Stream output, CancellationToken cancellation = default) =>
        MemberWriter.Write(output, _entries, Compression.None, modifiedAt: 0, cancellation);
}
