using System.Formats.Tar;
using System.Text;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// What the library's tar reader reads from. It bounds what is unpacked, stops on cancellation, and sees to what the
/// library does not: it refuses metadata of gigabytes, which the library would hold in memory, and an archive without
/// its closing blocks, and gives names their missing half.
/// </summary>
internal sealed class TarInput(Stream inner, ArchiveErrors errors, ArchiveLimits limits, CancellationToken cancellation) : ForwardStream
{
    // POSIX ustar: fields of a header block; GNU and pax keep them.
    private const int BlockLength = 512, NameLength = 100, SizeOffset = 124, SizeLength = 12, TypeOffset = 156,
        MagicOffset = 257, PrefixOffset = 345, PrefixLength = 155;

    // A name or link target may have 4096 bytes; extended attributes (capabilities, ACLs) some more.
    private const long LongestMetadata = 1 << 20;

    private readonly byte[] _lastHeader = new byte[BlockLength];
    private long _total;
    private bool _atHeader;

    /// <summary>Whether the last header block was all zeros, which is how an archive ends.</summary>
    public bool SawEnd { get; private set; }

    /// <summary>How many bytes may still come.</summary>
    public long Left => limits.MaxBytes - _total;

    /// <summary>Says that the reader is about to look for the next header, not at a member's contents.</summary>
    public void ExpectHeader() => _atHeader = true;

    /// <summary>Says that a member's contents come next.</summary>
    public void ExpectContents() => _atHeader = false;

    /// <summary>Fills the buffer, unless the stream ends.</summary>
    public override int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        bool header = _atHeader && buffer.Length == BlockLength && _total % BlockLength == 0;
        int got = inner.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        _total += got;
        if (_total > limits.MaxBytes)
            throw TooLarge();
        if (header && got == BlockLength)
            CheckHeader(buffer);
        return got;
    }

    /// <summary>The error for more bytes than the limit.</summary>
    public MegatuxException TooLarge() =>
        errors.Archive(ErrorCodes.ArchiveTooLarge, $"it unpacks to more than the limit of {limits.MaxBytes} bytes. Take a smaller base or raise the limit.");

    /// <summary>
    /// The name of the member whose header was read last. .NET 10 drops the ustar prefix of a member with pax attributes
    /// unless one of them is its path (dotnet/runtime pull request 125344 mends it later); bsdtar writes such members.
    /// </summary>
    public string WholeName(TarEntry entry)
    {
        ReadOnlySpan<byte> header = _lastHeader;
        string prefix = Field(header.Slice(PrefixOffset, PrefixLength));
        return entry is PaxTarEntry pax && !pax.ExtendedAttributes.ContainsKey("path") && prefix.Length > 0
            && header[MagicOffset..].StartsWith("ustar\0"u8) && entry.Name == Field(header[..NameLength])
            ? $"{prefix}/{entry.Name}"
            : entry.Name;
    }

    /// <summary>Reads on behind the end of the archive, where only zeros may follow, so that checksums are verified.</summary>
    public void Drain()
    {
        byte[] rest = new byte[BlockLength * 128];
        ExpectContents();
        while (Read(rest) is > 0 and int got)
        {
            if (rest.AsSpan(0, got).ContainsAnyExcept((byte)0))
            {
                throw errors.Archive(ErrorCodes.ArchiveDamaged,
                    "there is data after the end of the archive, which most programs ignore. Make one archive of all (tar --concatenate joins two).");
            }
        }
    }

    private void CheckHeader(ReadOnlySpan<byte> header)
    {
        header.CopyTo(_lastHeader);
        SawEnd = !header.ContainsAnyExcept((byte)0);

        // pax's extended and global headers, GNU's long names and long links.
        if (header[TypeOffset] is (byte)'x' or (byte)'g' or (byte)'L' or (byte)'K' &&
            MetadataLength(header.Slice(SizeOffset, SizeLength)) > LongestMetadata)
        {
            throw errors.Archive(ErrorCodes.ArchiveDamaged, "a member's name or attributes claim to be longer than a megabyte.");
        }
    }

    private static string Field(ReadOnlySpan<byte> field) =>
        Encoding.UTF8.GetString(field.IndexOf((byte)0) is >= 0 and int end ? field[..end] : field);

    private static long MetadataLength(ReadOnlySpan<byte> field)
    {
        // A set top bit starts a binary number, which no honest archive needs for metadata.
        if (field[0] >= 0x80)
            return long.MaxValue;

        long length = 0;
        foreach (byte digit in field)
        {
            if (digit is >= (byte)'0' and <= (byte)'7')
                length = (length << 3) + digit - '0';
        }

        return length;
    }
}
