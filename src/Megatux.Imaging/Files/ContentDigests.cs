using System.Security.Cryptography;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// SHA-256 of files' contents, remembered from build to build: a file whose signature is as it was is not read again.
/// </summary>
internal sealed class ContentDigests
{
    private const int FormatVersion = 1;

    private readonly Dictionary<string, (FileSignature Signature, string Digest)> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Reads what an earlier build remembered; nothing when there is none or it is not whole.</summary>
    internal static ContentDigests Load(string path)
    {
        var digests = new ContentDigests();
        if (!File.Exists(path))
            return digests;
        try
        {
            using var reader = new BinaryReader(new MemoryStream(File.ReadAllBytes(path)));
            int count = reader.ReadInt32() == FormatVersion ? reader.ReadInt32() : 0;
            for (int i = 0; i < count; i++)
                digests._known[reader.ReadString()] = (FileSignature.Read(reader), reader.ReadString());
        }
        catch (Exception failure) when (failure is IOException or FormatException or ArgumentException)
        {
            // Only a cache: what it lacks is computed anew.
            digests._known.Clear();
        }

        return digests;
    }

    /// <summary>Digest of contents, in hexadecimal.</summary>
    internal string Of(Content content) => content switch
    {
        FileContent file => OfFile(file.Path),
        BytesContent bytes => Convert.ToHexStringLower(SHA256.HashData(bytes.Bytes.Span)),
        _ => Hash(content.Open()),
    };

    /// <summary>Digest of a text, in hexadecimal: for keys.</summary>
    internal static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Digest of a file, in hexadecimal.</summary>
    /// <exception cref="MegatuxException">The file cannot be read.</exception>
    internal string OfFile(string path)
    {
        long lookedAt = FileSignature.NowNs();
        FileSignature signature = FileSignature.Of(path);
        _used.Add(path);
        if (_known.TryGetValue(path, out var known) && known.Signature == signature)
            return known.Digest;
        try
        {
            string digest = Hash(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0));
            _known[path] = (signature.IsTooYoung(lookedAt) ? FileSignature.Untrusted : signature, digest);
            return digest;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MegatuxException(ErrorCodes.InputUnreadable, $"{path} cannot be read: {failure.Message}", inner: failure);
        }
    }

    /// <summary>Remembers, for the next build, the digests that this one asked for.</summary>
    internal void Save(string path) => AtomicFile.Write(path, stream =>
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(FormatVersion);
        writer.Write(_known.Count(entry => _used.Contains(entry.Key)));
        foreach ((string file, (FileSignature signature, string digest)) in _known)
        {
            if (!_used.Contains(file))
                continue;
            writer.Write(file);
            signature.Write(writer);
            writer.Write(digest);
        }
    });

    private static string Hash(Stream stream)
    {
        using (stream)
            return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
