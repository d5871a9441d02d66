using System.Buffers.Binary;

namespace Megatux.Agents;

/// <summary>
/// The form of messages on a byte pipe that loses nothing: two bytes of length (little-endian, of the payload), one of kind,
/// the payload. Whatever a guest sends, a reader holds at most one message of it.
/// </summary>
public static class ChannelFrame
{
    /// <summary>The longest payload in bytes: a terminal line holds 4096, and more than one message of it must not be under way there.</summary>
    public const int LongestPayload = 3328;

    /// <summary>After so many bytes that it took from a line, a machine says so.</summary>
    public const int LineStep = 256;

    /// <summary>Bytes before the payload.</summary>
    public const int HeaderLength = 3;

    /// <summary>The longest message in bytes.</summary>
    public const int LongestMessage = HeaderLength + LongestPayload;

    private const int KindOffset = 2;

    /// <summary>Writes a message and returns its length.</summary>
    public static int Write(Span<byte> buffer, ChannelKind kind, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, LongestPayload);
        BinaryPrimitives.WriteUInt16LittleEndian(buffer, (ushort)payload.Length);
        buffer[KindOffset] = (byte)kind;
        payload.CopyTo(buffer[HeaderLength..]);
        return HeaderLength + payload.Length;
    }

    /// <summary>Reads the message that the bytes begin with.</summary>
    /// <param name="bytes">What has come so far.</param>
    /// <param name="kind">What the message says; may be a kind that this version does not know.</param>
    /// <param name="payload">A part of <paramref name="bytes"/>.</param>
    /// <returns>The message's length; 0 when more bytes are needed; -1 when this is no message: close the channel.</returns>
    public static int Read(ReadOnlySpan<byte> bytes, out ChannelKind kind, out ReadOnlySpan<byte> payload)
    {
        kind = default;
        payload = default;
        if (bytes.Length < HeaderLength)
            return 0;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        if (length > LongestPayload || bytes[KindOffset] == 0)
            return -1;
        if (bytes.Length < HeaderLength + length)
            return 0;
        kind = (ChannelKind)bytes[KindOffset];
        payload = bytes.Slice(HeaderLength, length);
        return HeaderLength + length;
    }
}
