using System.Buffers.Text;

namespace Megatux.Imaging;

/// <summary>The fields of a record, in the order in which they stand.</summary>
internal struct CpioHeader
{
    internal uint Inode;
    internal uint Mode;
    internal uint Uid;
    internal uint Gid;
    internal uint Links;
    internal uint ModifiedAt;
    internal uint Length;
    internal uint DeviceMajor;
    internal uint DeviceMinor;
    internal uint NodeMajor;
    internal uint NodeMinor;
    internal uint NameLength;
    internal uint Checksum;

    /// <summary>True when <see cref="Checksum"/> is the sum of the contents' bytes (magic 070702); never written.</summary>
    internal bool HasChecksum;

    /// <summary>Writes the header into <paramref name="target"/>, which holds at least <see cref="CpioFormat.HeaderLength"/> bytes.</summary>
    internal readonly void Write(Span<byte> target)
    {
        CpioFormat.Magic.CopyTo(target);
        Span<byte> at = target[CpioFormat.MagicLength..];
        ReadOnlySpan<uint> fields =
        [
            Inode, Mode, Uid, Gid, Links, ModifiedAt, Length, DeviceMajor, DeviceMinor, NodeMajor, NodeMinor, NameLength, Checksum,
        ];
        foreach (uint field in fields)
        {
            Utf8Formatter.TryFormat(field, at, out _, new System.Buffers.StandardFormat('X', CpioFormat.FieldLength));
            at = at[CpioFormat.FieldLength..];
        }
    }

    /// <summary>Reads a header; false when the magic or a digit is not as the format wants it.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> source, out CpioHeader header)
    {
        header = default;
        if (!source.StartsWith(CpioFormat.Magic) && !source.StartsWith(CpioFormat.ChecksumMagic))
            return false;

        Span<uint> fields = stackalloc uint[CpioFormat.FieldCount];
        for (int i = 0; i < fields.Length; i++)
        {
            ReadOnlySpan<byte> digits = source.Slice(CpioFormat.MagicLength + (i * CpioFormat.FieldLength), CpioFormat.FieldLength);
            if (!Utf8Parser.TryParse(digits, out fields[i], out int used, 'X') || used != CpioFormat.FieldLength)
                return false;
        }

        header = new CpioHeader
        {
            Inode = fields[0],
            Mode = fields[1],
            Uid = fields[2],
            Gid = fields[3],
            Links = fields[4],
            ModifiedAt = fields[5],
            Length = fields[6],
            DeviceMajor = fields[7],
            DeviceMinor = fields[8],
            NodeMajor = fields[9],
            NodeMinor = fields[10],
            NameLength = fields[11],
            Checksum = fields[12],
            HasChecksum = source.StartsWith(CpioFormat.ChecksumMagic),
        };
        return true;
    }
}
