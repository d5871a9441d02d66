using System.Buffers.Binary;
using System.Text;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>Reads numbers and names of an ELF file at offsets that the file itself gives, trusting none of them.</summary>
internal sealed class ElfReader(Stream stream, string origin)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly long _length = stream.Length;
    private readonly List<(ulong Address, ulong Offset, ulong Length)> _segments = [];
    private int _stringBytes;

    public bool LittleEndian { get; set; } = true;

    public bool Wide { get; set; }

    /// <summary>Fills <paramref name="buffer"/> from the file; <paramref name="what"/> names the part in the error.</summary>
    public void Read(ulong offset, Span<byte> buffer, string what)
    {
        if (offset > (ulong)_length || (ulong)buffer.Length > (ulong)_length - offset)
            throw Malformed(offset, $"{what} of {buffer.Length} bytes reaches beyond the end of the file ({_length} bytes)");
        stream.Position = (long)offset;
        stream.ReadExactly(buffer);
    }

    public ushort U16(ReadOnlySpan<byte> from) =>
        LittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(from) : BinaryPrimitives.ReadUInt16BigEndian(from);

    public uint U32(ReadOnlySpan<byte> from) =>
        LittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(from) : BinaryPrimitives.ReadUInt32BigEndian(from);

    /// <summary>A field as wide as an address.</summary>
    public ulong Address(ReadOnlySpan<byte> from) =>
        !Wide ? U32(from)
        : LittleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(from)
        : BinaryPrimitives.ReadUInt64BigEndian(from);

    public void AddSegment(ulong address, ulong offset, ulong length) => _segments.Add((address, offset, length));

    /// <summary>Where in the file the byte lies that will be at <paramref name="address"/>.</summary>
    public ulong OffsetOf(ulong address, string what)
    {
        foreach ((ulong start, ulong offset, ulong length) in _segments)
            if (address >= start && address - start < length)
                return offset + (address - start);
        throw Malformed(0, $"{what} is said to lie at address 0x{address:x}, which no loaded segment holds");
    }

    /// <summary>The text of at most <paramref name="limit"/> bytes up to a NUL.</summary>
    public string Text(ulong offset, ulong limit, string what)
    {
        Span<byte> window = stackalloc byte[ElfLayout.LongestString];
        int have = 0;
        while (have < window.Length)
        {
            // In small steps: most names are short, and the string table may end right after one.
            ulong at = offset + (ulong)have;
            ulong left = at >= (ulong)_length || at < offset ? 0 : Math.Min((ulong)_length - at, limit - Math.Min(limit, (ulong)have));
            int step = (int)Math.Min(left, (ulong)Math.Min(128, window.Length - have));
            if (step == 0)
                throw Malformed(offset, $"{what} has no end");
            Read(at, window.Slice(have, step), what);
            int end = window.Slice(have, step).IndexOf((byte)0);
            if (end < 0)
            {
                have += step;
                continue;
            }

            return Decode(window[..(have + end)], offset, what);
        }

        throw Malformed(offset, $"{what} is longer than {ElfLayout.LongestString} bytes");
    }

    public MegatuxException Malformed(ulong offset, string message, Exception? inner = null) => new(ErrorCodes.ElfMalformed,
        $"{origin}: damaged ELF file, at offset 0x{offset:x}: {message}. Replace the file with an undamaged copy.", inner: inner);

    private string Decode(ReadOnlySpan<byte> bytes, ulong offset, string what)
    {
        _stringBytes += bytes.Length;
        if (_stringBytes > ElfLayout.MostStringBytes)
            throw Malformed(offset, $"its names add up to more than {ElfLayout.MostStringBytes} bytes");
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw Malformed(offset, $"{what} is not UTF-8 text", e);
        }
    }
}
