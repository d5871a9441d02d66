namespace Megatux.Imaging;

/// <summary>The records in a piece.</summary>
public sealed partial class ImageReader
{
    /// <summary>So much of a name that is too long is shown.</summary>
    private const int ShownNameLength = 64;

    private readonly byte[] _header = new byte[CpioFormat.HeaderLength];

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

    /// <summary>Reads what follows a header up to a file's contents; null for a trailer.</summary>
    private ImageRecord? ReadRecord(in CpioHeader header)
    {
        ImageMember member = MemberHere();
        member.AddRecord(RecordLength(header), header.Length);
        if (header.NameLength is 0 or > CpioFormat.MaxNameLength)
            return Pass(member, header, null,
                $"its name has {header.NameLength} bytes; the kernel takes 1 to {CpioFormat.MaxNameLength}, the closing NUL included");

        string name = ReadText((int)header.NameLength, "name", endsInNul: true);
        Skip(CpioFormat.Padding(_pieceOffset));
        if (name.Length == 0)
            return Pass(member, header, name, "its name is empty");
        if (name == CpioFormat.TrailerName)
        {
            SkipContent(header.Length);
            EndMember(member);
            return null;
        }

        EntryKind? kind = CpioFormat.KindOf(header.Mode);
        if (kind is null)
            return Pass(member, header, name, $"its mode {Convert.ToString(header.Mode, 8)} is of no known type");
        if (kind == EntryKind.SymbolicLink)
            return ReadLink(member, header, name);

        // do_header: of what is neither file nor link, a record with contents is skipped whole.
        if (kind != EntryKind.File && header.Length > 0)
            return Pass(member, header, name, $"it is a {kind} with contents ({header.Length} bytes)");

        _contentLeft = header.Length;
        _padding = CpioFormat.Padding(header.Length);
        _checksumLeft = header.HasChecksum && header.Length > 0 ? header.Checksum : null;
        return Record(member, header, name, kind.Value);
    }

    private ImageRecord ReadLink(ImageMember member, in CpioHeader header, string name)
    {
        if (header.Length is 0 or >= CpioFormat.MaxLinkLength)
            return Pass(member, header, name, $"its link target has {header.Length} bytes; the kernel takes 1 to {CpioFormat.MaxLinkLength - 1}");
        string target = ReadText((int)header.Length, "link target", endsInNul: false);
        _padding = CpioFormat.Padding(header.Length);
        ImageRecord record = Record(member, header, name, EntryKind.SymbolicLink, target);
        return target.Length > 0 ? record : record with { PassedOver = "its link target is empty" };
    }

    /// <summary>A record that the kernel passes over without a word: so does the reader, but says why.</summary>
    private ImageRecord Pass(ImageMember member, in CpioHeader header, string? name, string reason)
    {
        if (name is null)
        {
            int shown = (int)Math.Min(header.NameLength, ShownNameLength);
            name = shown == 0 ? "" : ReadText(shown, "name", endsInNul: false) + "...";
            SkipBytes(header.NameLength - shown);
            Skip(CpioFormat.Padding(CpioFormat.HeaderLength + header.NameLength));
        }

        SkipContent(header.Length);
        return Record(member, header, name, CpioFormat.KindOf(header.Mode) ?? EntryKind.File) with { PassedOver = reason };
    }

    private void EndMember(ImageMember member)
    {
        member.EndWithTrailer();
        _memberEnded = true;

        // One plain archive behind the other would look like one piece, and their lengths could not be told apart.
        if (_piece is PlainPieceReader)
            ClosePiece();
    }

    private ImageRecord Record(ImageMember member, in CpioHeader header, string name, EntryKind kind, string? target = null)
    {
        bool isDevice = kind is EntryKind.CharacterDevice or EntryKind.BlockDevice;
        var entry = new ImageEntry
        {
            Path = name,
            Kind = kind,
            Mode = (int)(header.Mode & CpioFormat.PermissionMask),
            Uid = header.Uid,
            Gid = header.Gid,
            DeviceMajor = isDevice ? header.NodeMajor : 0,
            DeviceMinor = isDevice ? header.NodeMinor : 0,
            LinkTarget = target,
            Origin = _name,
        };
        return new ImageRecord(member.Number, _compression, entry, header.Length, header.DeviceMajor, header.DeviceMinor, header.Inode, header.Links, header.ModifiedAt);
    }

    private static long RecordLength(in CpioHeader header)
    {
        long name = CpioFormat.HeaderLength + (long)header.NameLength;
        return name + CpioFormat.Padding(name) + header.Length + CpioFormat.Padding(header.Length);
    }

    private string ReadText(int length, string what, bool endsInNul)
    {
        byte[] bytes = new byte[length];
        if (ReadFully(bytes) < length)
            throw new InvalidDataException($"a {what} is cut off");
        if (endsInNul && bytes[^1] != 0)
            throw new InvalidDataException($"a {what} does not end in NUL");

        // To the kernel a text ends at its first NUL; some writers add more of them, to align the contents that follow.
        int end = bytes.AsSpan().IndexOf((byte)0);
        return PathText.Decode(bytes.AsSpan(0, end < 0 ? length : end));
    }

    private void SkipContent(long length)
    {
        SkipBytes(length);
        Skip(CpioFormat.Padding(length));
    }

    private void SkipBytes(long length)
    {
        _contentLeft = length;
        FinishRecord();
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
        while (done < target.Length && ReadSome(target[done..]) is > 0 and int read)
            done += read;
        return done;
    }

    private int ReadSome(Span<byte> target)
    {
        int read = _piece!.Read(target);
        _pieceOffset += read;
        return read;
    }
}
