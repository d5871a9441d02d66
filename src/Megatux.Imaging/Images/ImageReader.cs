using System.Text;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Reads an image as the kernel does: all of its members, not only the first (GNU cpio stops at the first trailer), each
/// compressed in its own way. Damaged images give an error that says where; nothing is trusted.
/// </summary>
public sealed class ImageReader : IDisposable
{
    private const byte StartOfRecord = (byte)'0';
    private const int MagicPeek = 6;

    private readonly string _name;
    private readonly Stream _file;
    private readonly InputWindow _input;
    private readonly byte[] _header = new byte[CpioFormat.HeaderLength];
    private readonly byte[] _discard = new byte[1 << 16];
    private IPieceReader? _piece;
    private string _compression = "none";
    private long _pieceOffset;
    private long _contentLeft;
    private int _padding;
    private int _member = 1;
    private bool _memberEnded;

    private ImageReader(Stream file, string name)
    {
        _file = file;
        _name = name;
        _input = new InputWindow(file);
    }

    /// <summary>Opens an image.</summary>
    /// <exception cref="MegatuxException">It cannot be read.</exception>
    public static ImageReader Open(string path)
    {
        try
        {
            return new ImageReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan), path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MegatuxException(ErrorCodes.InputUnreadable, $"{path} cannot be read: {failure.Message}", inner: failure);
        }
    }

    /// <summary>Reads an image from any stream, which is closed with the reader.</summary>
    /// <param name="image">The image's bytes.</param>
    /// <param name="name">What to call it in messages.</param>
    public static ImageReader Open(Stream image, string name) => new(image, name);

    /// <summary>How many members were begun so far.</summary>
    public int Members => _member;

    /// <summary>The next record, trailers passed over; null at the end of the image. What is left of the last one's contents is skipped.</summary>
    /// <exception cref="MegatuxException">The image is damaged, or compressed in a way that cannot be read here.</exception>
    public ImageRecord? Next()
    {
        try
        {
            while (NextRecord() is { } record)
            {
                if (!record.IsTrailer)
                    return record;
                _memberEnded = true;
            }

            return null;
        }
        catch (InvalidDataException damage)
        {
            throw Damaged(damage.Message, damage);
        }
    }

    /// <summary>Reads some of the contents of the file that <see cref="Next"/> returned last; 0 at their end.</summary>
    /// <exception cref="MegatuxException">The image is damaged.</exception>
    public int ReadContent(Span<byte> target)
    {
        if (_contentLeft == 0)
            return 0;
        try
        {
            int read = _piece!.Read(target[..(int)Math.Min(target.Length, _contentLeft)]);
            if (read == 0 && !target.IsEmpty)
                throw new InvalidDataException("the contents of a file are cut off");
            _contentLeft -= read;
            _pieceOffset += read;
            return read;
        }
        catch (InvalidDataException damage)
        {
            throw Damaged(damage.Message, damage);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _piece?.Dispose();
        _file.Dispose();
    }

    private ImageRecord? NextRecord()
    {
        while (ReadContent(_discard) > 0)
        {
        }

        Skip(_padding);
        _padding = 0;
        while (true)
        {
            if (_piece is null && !OpenPiece())
                return null;
            if (ReadHeader() is { } header)
                return ReadRecord(header);
            _piece!.Dispose();
            _piece = null;
        }
    }

    private bool OpenPiece()
    {
        // init/initramfs.c, unpack_to_rootfs: zeros are skipped anywhere between archives.
        ReadOnlySpan<byte> start;
        while (!(start = _input.Peek(MagicPeek)).IsEmpty && start[0] == 0)
            _input.Take(1);
        if (start.IsEmpty)
            return false;

        _pieceOffset = 0;
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

    /// <summary>Reads the next header; null when the piece holds no more records.</summary>
    private CpioHeader? ReadHeader()
    {
        // Zeros between records of one piece are skipped; a record starts at a multiple of 4 in its piece.
        if (_piece is PlainPieceReader)
        {
            ReadOnlySpan<byte> next = _input.Peek(1);
            if (next.IsEmpty || next[0] != StartOfRecord)
                return null;
        }

        while (true)
        {
            int read = ReadFully(_header.AsSpan(0, 1));
            if (read == 0)
                return null;
            if (_header[0] != 0)
                break;
        }

        if ((_pieceOffset - 1) % CpioFormat.Alignment != 0)
            throw new InvalidDataException("a record starts at an offset that is no multiple of 4");
        if (ReadFully(_header.AsSpan(1)) < CpioFormat.HeaderLength - 1)
            throw new InvalidDataException("the header of a record is cut off");
        return CpioHeader.TryRead(_header, out CpioHeader header)
            ? header
            : throw new InvalidDataException("a record does not start with the magic 070701 and 13 fields of 8 hexadecimal digits");
    }

    private ImageRecord ReadRecord(in CpioHeader header)
    {
        if (_memberEnded)
        {
            _member++;
            _memberEnded = false;
        }

        if (header.NameLength is < 2 or > CpioFormat.MaxNameLength)
            throw new InvalidDataException($"a name has {header.NameLength} bytes; the kernel takes 2 to {CpioFormat.MaxNameLength}, the closing NUL included");
        string name = ReadText((int)header.NameLength, "name")[..^1];
        Skip(CpioFormat.Padding(_pieceOffset));
        if (name == CpioFormat.TrailerName)
            return Record(header, new ImageEntry { Path = name, Kind = EntryKind.File, Mode = 0 });

        EntryKind kind = CpioFormat.KindOf(header.Mode) ?? throw new InvalidDataException($"{name} has an unknown type (mode {header.Mode:x})");
        string? target = null;
        if (kind == EntryKind.SymbolicLink)
        {
            if (header.Length is 0 or >= CpioFormat.MaxLinkLength)
                throw new InvalidDataException($"the target of the link {name} has {header.Length} bytes; the kernel takes 1 to {CpioFormat.MaxLinkLength - 1}");
            target = ReadText((int)header.Length, "link target");
            _padding = CpioFormat.Padding(_pieceOffset);
        }
        else
        {
            _contentLeft = header.Length;
            _padding = CpioFormat.Padding(_pieceOffset + header.Length);
        }

        return Record(header, new ImageEntry
        {
            Path = name,
            Kind = kind,
            Mode = (int)(header.Mode & CpioFormat.PermissionMask),
            Uid = header.Uid,
            Gid = header.Gid,
            DeviceMajor = header.NodeMajor,
            DeviceMinor = header.NodeMinor,
            LinkTarget = target,
            Origin = _name,
        });
    }

    private ImageRecord Record(in CpioHeader header, ImageEntry entry) =>
        new(_member, _compression, entry, header.Length, header.Inode, header.Links, header.ModifiedAt);

    private string ReadText(int length, string what)
    {
        byte[] bytes = new byte[length];
        if (ReadFully(bytes) < length)
            throw new InvalidDataException($"a {what} is cut off");
        if (what == "name" && bytes.AsSpan().IndexOf((byte)0) != length - 1)
            throw new InvalidDataException("a name does not end at its first NUL");
        return Encoding.UTF8.GetString(bytes);
    }

    private void Skip(int count)
    {
        Span<byte> padding = stackalloc byte[CpioFormat.Alignment];
        if (ReadFully(padding[..count]) < count)
            throw new InvalidDataException("the padding of a record is cut off");
    }

    private int ReadFully(Span<byte> target)
    {
        int done = 0;
        while (done < target.Length && _piece!.Read(target[done..]) is > 0 and int read)
            done += read;
        _pieceOffset += done;
        return done;
    }

    private MegatuxException Damaged(string what, Exception inner) => new(ErrorCodes.ImageDamaged,
        $"{_name} is damaged: {what}, in member {_member}, at or before byte {_input.Position} of the file.", inner: inner);

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
            ? new MegatuxException(ErrorCodes.ImageDamaged, $"{_name}: member {_member} at byte {_input.Position} starts with {Convert.ToHexStringLower(start)}, which is neither a cpio record nor a compressed one.")
            : new MegatuxException(ErrorCodes.ImageCompressionUnreadable, $"{_name}: member {_member} at byte {_input.Position} is compressed with {format}; gzip, zstd and uncompressed members can be read here. Unpack it with {format} first.");
    }
}
