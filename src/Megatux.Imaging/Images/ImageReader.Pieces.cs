using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>Where the image's compressed streams and plain archives begin and end.</summary>
public sealed partial class ImageReader
{
    private const byte StartOfRecord = (byte)'0';
    private const int MagicPeek = 6;

    private IPieceReader? _piece;
    private string _compression = "none";
    private long _pieceStart;
    private long _pieceOffset;
    private ImageMember? _pieceMember;
    private bool _memberEnded = true;

    /// <summary>Number of the member that is being read, for messages.</summary>
    internal int NumberHere => _members.Count + (_memberEnded ? 1 : 0);

    private bool OpenPiece()
    {
        // init/initramfs.c, unpack_to_rootfs: zeros are skipped anywhere between archives.
        ReadOnlySpan<byte> start;
        while (!(start = _input.Peek(MagicPeek)).IsEmpty && start[0] == 0)
            _input.Take(start.IndexOfAnyExcept((byte)0) is >= 0 and int zeros ? zeros : start.Length);
        if (start.IsEmpty)
            return false;

        _pieceStart = _input.Position;
        _pieceOffset = 0;
        _pieceMember = null;
        (_compression, _piece) = start switch
        {
            [StartOfRecord, ..] when _input.Position % CpioFormat.Alignment == 0 => ("none", (IPieceReader)new PlainPieceReader(_input)),
            [StartOfRecord, ..] => throw new InvalidDataException("an uncompressed archive starts at an offset that is no multiple of 4"),
            [0x1F, 0x8B, 8, ..] => ("gzip", new GzipPieceReader(_input)),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => ("zstd", new ZstdPieceReader(_input)),
            _ => throw Unreadable(start),
        };
        return true;
    }

    private void ClosePiece()
    {
        _pieceMember?.AddStream(_input.Position - _pieceStart);
        _piece!.Dispose();
        _piece = null;
    }

    /// <summary>The member that the next record belongs to: a new one after a trailer, or where the compression changes.</summary>
    private ImageMember MemberHere()
    {
        if (_memberEnded || _members[^1].Compression != _compression)
        {
            _members.Add(new ImageMember(_members.Count + 1, _compression, _pieceStart));
            _memberEnded = false;
        }

        // A stream counts for the member that begins in it, or goes on.
        _pieceMember ??= _members[^1];
        return _members[^1];
    }

    private MegatuxException Unreadable(ReadOnlySpan<byte> start)
    {
        string? format = start switch
        {
            [0xFD, (byte)'7', (byte)'z', ..] => "xz",
            [(byte)'B', (byte)'Z', (byte)'h', ..] => "bzip2",
            [0x02, 0x21, 0x4C, 0x18, ..] => "lz4",
            [0x5D, 0, 0, ..] => "lzma",
            [0x89, (byte)'L', (byte)'Z', (byte)'O', ..] => "lzo",
            _ => null,
        };
        return format is null
            ? new MegatuxException(ErrorCodes.ImageDamaged,
                $"{_name}: member {NumberHere} at byte {_input.Position} starts with {Convert.ToHexStringLower(start[..Math.Min(start.Length, MagicPeek)])}, which is neither a cpio record nor a compressed one.")
            : new MegatuxException(ErrorCodes.ImageCompressionUnreadable,
                $"{_name}: member {NumberHere} at byte {_input.Position} is compressed with {format}; gzip, zstd and uncompressed members can be read here. Unpack it with {format} first.");
    }
}
