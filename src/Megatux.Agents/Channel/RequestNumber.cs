using System.Buffers.Binary;

namespace Megatux.Agents;

/// <summary>The number at the front of a payload that belongs to a request.</summary>
public static class RequestNumber
{
    /// <summary>Its length in bytes.</summary>
    public const int Length = sizeof(uint);

    /// <summary>The longest rest of such a payload, in bytes.</summary>
    public const int LongestRest = ChannelFrame.LongestPayload - Length;

    /// <summary>A payload of the number and the rest.</summary>
    public static byte[] Before(uint number, ReadOnlySpan<byte> rest)
    {
        byte[] payload = new byte[Length + rest.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(payload, number);
        rest.CopyTo(payload.AsSpan(Length));
        return payload;
    }

    /// <summary>Splits a payload; false when it is too short to have a number.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> payload, out uint number, out ReadOnlySpan<byte> rest)
    {
        number = 0;
        rest = default;
        if (payload.Length < Length)
            return false;
        number = BinaryPrimitives.ReadUInt32LittleEndian(payload);
        rest = payload[Length..];
        return true;
    }
}
