using System.Security.Cryptography;

namespace Megatux.Cli;

/// <summary>Takes both sums of contents in one pass, however long they are.</summary>
internal sealed class FileSums : IDisposable
{
    private const int BufferLength = 1 << 18;

    private readonly byte[] _buffer = new byte[BufferLength];
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256), _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);

    /// <summary>Reads some bytes; 0 at the end.</summary>
    internal delegate int Reading(Span<byte> target);

    /// <summary>Reads a file's contents to their end.</summary>
    internal ImageFile Of(Reading read, string image, int member, string path)
    {
        for (int length; (length = read(_buffer)) > 0;)
        {
            _sha256.AppendData(_buffer.AsSpan(0, length));
            _md5.AppendData(_buffer.AsSpan(0, length));
        }

        return new ImageFile(image, member, path, Convert.ToHexStringLower(_md5.GetHashAndReset()), Convert.ToHexStringLower(_sha256.GetHashAndReset()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sha256.Dispose();
        _md5.Dispose();
    }
}
