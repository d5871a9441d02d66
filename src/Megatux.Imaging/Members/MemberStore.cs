using System.Security.Cryptography;

namespace Megatux.Imaging;

/// <summary>
/// The cache of packed members, in one folder: beside each archive lies its index (what is in it, and how it was packed)
/// and its receipt (the index's key, the archive's signature and digest). An archive counts only with both, and they are
/// written after it, so that a killed build leaves nothing that looks like a member and is none.
/// </summary>
internal sealed class MemberStore(string folder, Compression standard, uint modifiedAt, ContentDigests digests)
{
    private const string IndexExtension = ".index";
    private const string ReceiptExtension = ".receipt";

    private readonly HashSet<string> _inUse = new(StringComparer.Ordinal);

    /// <summary>
    /// The member as it was packed from the same source over the same lower members; null when there is none, and the
    /// source has to be read. For sources that are dear to read: archives, packages.
    /// </summary>
    internal (Member Member, MemberIndex Index)? Find(string name, string sourceKey)
    {
        if (Receipt.TryRead(PathOf(name) + ReceiptExtension) is not { } receipt || receipt.SourceKey != sourceKey)
            return null;
        return Reuse(name, receipt);
    }

    /// <summary>Packs entries, unless what is cached under the name holds just these, packed the same way.</summary>
    /// <param name="name">Name of the member.</param>
    /// <param name="entries">As <see cref="MemberLayout"/> arranged them.</param>
    /// <param name="sourceKey">What <see cref="Find"/> will be asked for next time; empty if it will not.</param>
    /// <param name="compress">False for what is compressed already.</param>
    /// <param name="cancellation">Stops the packing; what was cached stays.</param>
    internal (Member Member, MemberIndex Index) Pack(
        string name, List<ImageEntry> entries, string sourceKey, bool compress, CancellationToken cancellation)
    {
        Compression compression = compress ? standard : Compression.None;
        MemberIndex index = MemberIndex.Of(entries, compression, modifiedAt, digests, cancellation);
        string path = PathOf(name);
        Receipt? receipt = Receipt.TryRead(path + ReceiptExtension);
        if (receipt?.Key == index.Key && Reuse(name, receipt) is { } reused)
        {
            if (receipt.SourceKey != sourceKey)
                (receipt with { SourceKey = sourceKey }).Write(path + ReceiptExtension);

            // The same entries, but with contents where they were found: those of the cached index lie in the archive, and
            // whoever follows a program's libraries would unpack it to read them.
            return (reused.Member, index);
        }

        string reason = MemberIndex.TryRead(path + IndexExtension, path) is not { } older ? "it was not there"
            : index.DifferencesFrom(older) is { Length: > 0 } differences ? differences
            : "its archive was missing or changed";
        Directory.CreateDirectory(folder);
        File.Delete(path + ReceiptExtension);
        (string digest, long length) = WriteArchive(path, entries, compression, cancellation);
        AtomicFile.Write(path + IndexExtension, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            index.WriteTo(writer);
        });
        long unpacked = entries.Sum(entry => entry.Content?.Length ?? 0);
        new Receipt(index.Key, sourceKey, digest, length, unpacked, FileSignature.Of(path).CtimeNs).Write(path + ReceiptExtension);
        _inUse.Add(name);
        return (new Member(name, path, digest, length, unpacked, entries.Count) { Compression = compression.Kind, PackedBecause = reason }, index);
    }

    /// <summary>Removes what no member of this build is cached as: overlays that are gone, leftovers of killed builds.</summary>
    internal void RemoveUnused()
    {
        AtomicFile.RemoveLeftovers(folder);
        foreach (string file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
            if (!_inUse.Contains(MemberOf(Path.GetFileName(file))))
                File.Delete(file);
    }

    private static string MemberOf(string file) =>
        file.EndsWith(IndexExtension, StringComparison.Ordinal) ? file[..^IndexExtension.Length]
        : file.EndsWith(ReceiptExtension, StringComparison.Ordinal) ? file[..^ReceiptExtension.Length]
        : file;

    private string PathOf(string name) => Path.Combine(folder, name);

    private (Member Member, MemberIndex Index)? Reuse(string name, Receipt receipt)
    {
        string path = PathOf(name);
        if (!receipt.Fits(path) || MemberIndex.TryRead(path + IndexExtension, path) is not { } index || index.Key != receipt.Key)
            return null;
        _inUse.Add(name);
        return (new Member(name, path, receipt.Digest, receipt.Length, receipt.UnpackedLength, index.Count) { Compression = index.Compression }, index);
    }

    private (string Digest, long Length) WriteArchive(
        string path, List<ImageEntry> entries, Compression compression, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long length = 0;
        AtomicFile.Write(path, stream =>
        {
            using var hashing = new HashingStream(stream, hash);
            MemberWriter.Write(hashing, entries, compression, modifiedAt, cancellation);
            length = hashing.Written;
        });
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), length);
    }
}
