using Megatux.Model;
using ZstdSharp;

namespace Megatux.Imaging;

/// <summary>Tells how an archive is packed by its first bytes, whatever its name, and unpacks it.</summary>
internal static class ArchiveFormat
{
    // POSIX ustar: a block, its checksum field (octal; counted as spaces), its magic.
    private const int BlockLength = 512, ChecksumOffset = 148, ChecksumLength = 8;

    internal static ReadOnlySpan<byte> Bzip2Magic => "BZh"u8;

    private static ReadOnlySpan<byte> GzipMagic => [0x1F, 0x8B];

    // RFC 8878, 3.1.1.
    private static ReadOnlySpan<byte> ZstdMagic => [0x28, 0xB5, 0x2F, 0xFD];

    private static ReadOnlySpan<byte> XzMagic => [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    /// <summary>The tar stream inside <paramref name="input"/>.</summary>
    public static Stream Unpack(PeekStream input, ArchiveErrors errors)
    {
        ReadOnlySpan<byte> head = input.Peek(BlockLength);
        if (head.StartsWith(GzipMagic))
            return new GzipMembers(input);
        if (head.StartsWith(Bzip2Magic))
            return new Bzip2Members(input);
        if (head.StartsWith(ZstdMagic))
            return new DecompressionStream(input, leaveOpen: true);
        if (IsTar(head))
            return input;

        string found = head.IsEmpty ? "it is empty"
            : head.StartsWith(XzMagic) ? "it is packed with xz, for which there is no reader here"
            : "its first bytes are none of these";
        throw errors.Archive(ErrorCodes.ArchiveFormatUnknown,
            $"expected a tar archive, plain or packed with gzip, bzip2 or zstd, but {found}. Pack it again, for example with tar -czf.");
    }

    // By the checksum, since archives in the format of Unix V7 have no magic. An empty archive is a block of zeros.
    private static bool IsTar(ReadOnlySpan<byte> head)
    {
        if (head.Length < BlockLength)
            return false;
        if (!head.ContainsAnyExcept((byte)0))
            return true;

        int sum = ChecksumLength * ' ', stored = 0;
        for (int i = 0; i < BlockLength; i++)
        {
            if (i is < ChecksumOffset or >= ChecksumOffset + ChecksumLength)
                sum += head[i];
            else if (head[i] is >= (byte)'0' and <= (byte)'7')
                stored = (stored << 3) + head[i] - '0';
        }

        return sum == stored;
    }
}
