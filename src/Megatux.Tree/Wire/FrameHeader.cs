using System.Buffers.Binary;

namespace Megatux.Tree;

/// <summary>
/// What every frame begins with: BProc's header in its 32-byte form, little-endian. The payload follows it.
/// </summary>
/// <remarks>
/// buffer-format: u16 request @0 | u8 from type @2 | u8 to type @3 | i32 from @4 | i32 to @8 | u32 size @12 | u64 id @16 |
/// i64 result @24. The upper bit of the request marks a response.
/// </remarks>
public readonly record struct FrameHeader
{
    /// <summary>Bytes of a header.</summary>
    public const int Length = 32;

    /// <summary>The longest payload in bytes; what is longer travels in several frames.</summary>
    public const int LongestPayload = 64 * 1024;

    /// <summary>The longest frame in bytes.</summary>
    public const int LongestFrame = Length + LongestPayload;

    private const int RequestOffset = 0, FromTypeOffset = 2, ToTypeOffset = 3, FromOffset = 4, ToOffset = 8, SizeOffset = 12,
        IdOffset = 16, ResultOffset = 24;

    private const ushort ResponseBit = 0x8000, TypeMask = 0x7FFF;

    /// <summary>What the message is about, 0 to 32767; may be a type that this version does not know.</summary>
    public MessageType Type { get; init; }

    /// <summary>True for the answer to a message of the same <see cref="Type"/> and <see cref="Id"/>.</summary>
    public bool IsResponse { get; init; }

    /// <summary>What <see cref="From"/> numbers.</summary>
    public RouteType FromType { get; init; }

    /// <summary>What <see cref="To"/> numbers.</summary>
    public RouteType ToType { get; init; }

    /// <summary>Who sends.</summary>
    public int From { get; init; }

    /// <summary>Who is to receive.</summary>
    public int To { get; init; }

    /// <summary>Bytes of the whole frame, this header included; see <see cref="HasValidSize"/>.</summary>
    public uint Size { get; init; }

    /// <summary>What the sender knows the message by.</summary>
    public ulong Id { get; init; }

    /// <summary>How what was asked for went, in a response.</summary>
    public long Result { get; init; }

    /// <summary>Whether <see cref="Size"/> is one that a frame can have.</summary>
    public bool HasValidSize => Size is >= Length and <= LongestFrame;

    /// <summary>Reads the header that the bytes begin with. It may claim anything: see <see cref="HasValidSize"/>.</summary>
    /// <param name="bytes">At least <see cref="Length"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public static FrameHeader Read(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes.Length, Length, nameof(bytes));
        ushort request = BinaryPrimitives.ReadUInt16LittleEndian(bytes[RequestOffset..]);
        return new FrameHeader
        {
            Type = (MessageType)(request & TypeMask),
            IsResponse = (request & ResponseBit) != 0,
            FromType = (RouteType)bytes[FromTypeOffset],
            ToType = (RouteType)bytes[ToTypeOffset],
            From = BinaryPrimitives.ReadInt32LittleEndian(bytes[FromOffset..]),
            To = BinaryPrimitives.ReadInt32LittleEndian(bytes[ToOffset..]),
            Size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[SizeOffset..]),
            Id = BinaryPrimitives.ReadUInt64LittleEndian(bytes[IdOffset..]),
            Result = BinaryPrimitives.ReadInt64LittleEndian(bytes[ResultOffset..]),
        };
    }

    /// <summary>Writes the header as it is.</summary>
    /// <param name="buffer">At least <see cref="Length"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer, or <see cref="Type"/> is more than 32767.</exception>
    public void Write(Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buffer.Length, Length, nameof(buffer));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ushort)Type, TypeMask, nameof(Type));
        BinaryPrimitives.WriteUInt16LittleEndian(buffer[RequestOffset..], (ushort)((ushort)Type | (IsResponse ? ResponseBit : 0)));
        buffer[FromTypeOffset] = (byte)FromType;
        buffer[ToTypeOffset] = (byte)ToType;
        BinaryPrimitives.WriteInt32LittleEndian(buffer[FromOffset..], From);
        BinaryPrimitives.WriteInt32LittleEndian(buffer[ToOffset..], To);
        BinaryPrimitives.WriteUInt32LittleEndian(buffer[SizeOffset..], Size);
        BinaryPrimitives.WriteUInt64LittleEndian(buffer[IdOffset..], Id);
        BinaryPrimitives.WriteInt64LittleEndian(buffer[ResultOffset..], Result);
    }

    /// <summary>Writes a whole frame: this header, with the <see cref="Size"/> that the payload gives it, and the payload.</summary>
    /// <param name="buffer">As many bytes as the frame has.</param>
    /// <param name="payload">At most <see cref="LongestPayload"/> bytes.</param>
    /// <returns>The frame's length in bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The payload is too long, or the buffer too short.</exception>
    public int WriteFrame(Span<byte> buffer, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, LongestPayload, nameof(payload));
        int length = Length + payload.Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(buffer.Length, length, nameof(buffer));
        (this with { Size = (uint)length }).Write(buffer);
        payload.CopyTo(buffer[Length..]);
        return length;
    }
}
