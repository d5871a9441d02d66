using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Megatux.Model;

namespace Megatux.Agents;

/// <summary>A question about one name, and the answer to it, as bytes. RFC 1035, without what a names service of the experiment never sends.</summary>
internal static class DnsQuestion
{
    /// <summary>Types of records.</summary>
    internal const ushort Address = 1, Pointer = 12;

    /// <summary>Bytes of an answer over UDP, at most (2.3.4).</summary>
    internal const int LongestAnswer = 512;

    // 4.1.1: ID, flags, and four counts; flags and counts are of 16 bits.
    private const int HeaderLength = 12, FlagsAt = 2, QuestionsAt = 4, AnswersAt = 6;
    private const ushort Response = 0x8000, RecursionDesired = 0x0100, CodeMask = 0xF, NoSuchName = 3, Internet = 1;

    // 4.1.2 and 4.1.3: type and class behind a name; of a record, also TTL and length of data.
    private const int QuestionTail = 4, RecordTail = 10, LengthAt = 8, LongestLabel = 63, LongestName = 255, PointerBits = 0xC0, MostHops = 16;

    /// <summary>The name that stands for an address (3.5).</summary>
    internal static string ReverseOf(IPv4Address address) => string.Create(CultureInfo.InvariantCulture,
        $"{address.Value & 0xFF}.{address.Value >> 8 & 0xFF}.{address.Value >> 16 & 0xFF}.{address.Value >> 24}.in-addr.arpa");

    /// <summary>Writes the question.</summary>
    internal static byte[] Write(ushort id, string name, ushort type)
    {
        byte[] labels = [.. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];
        byte[] message = new byte[HeaderLength + labels.Length + QuestionTail];
        BinaryPrimitives.WriteUInt16BigEndian(message, id);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(FlagsAt), RecursionDesired);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(QuestionsAt), 1);
        labels.CopyTo(message, HeaderLength);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(^QuestionTail), type);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(^(QuestionTail / 2)), Internet);
        return message;
    }

    /// <summary>Reads an answer, believing no length in it.</summary>
    /// <returns>The first record's address or name, or for people why there is none; null for what is no answer to the question.</returns>
    internal static string? Read(ReadOnlySpan<byte> message, ushort id, ushort type)
    {
        if (message.Length < HeaderLength || BinaryPrimitives.ReadUInt16BigEndian(message) != id)
            return null;
        ushort flags = BinaryPrimitives.ReadUInt16BigEndian(message[FlagsAt..]);
        if ((flags & Response) == 0)
            return null;
        if ((flags & CodeMask) != 0)
            return (flags & CodeMask) == NoSuchName ? "no such name" : string.Create(CultureInfo.InvariantCulture, $"error {flags & CodeMask}");
        int at = HeaderLength;
        for (int questions = BinaryPrimitives.ReadUInt16BigEndian(message[QuestionsAt..]); questions > 0; questions--)
            if (!SkipName(message, ref at) || (at += QuestionTail) > message.Length)
                return null;
        for (int answers = BinaryPrimitives.ReadUInt16BigEndian(message[AnswersAt..]); answers > 0; answers--)
        {
            if (!SkipName(message, ref at) || at + RecordTail > message.Length)
                return null;
            ushort found = BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
            int length = BinaryPrimitives.ReadUInt16BigEndian(message[(at + LengthAt)..]);
            at += RecordTail;
            if (at + length > message.Length)
                return null;
            if (found == type)
                return type == Pointer ? NameAt(message, at) : length != sizeof(uint) ? null : new IPv4Address(BinaryPrimitives.ReadUInt32BigEndian(message[at..])).ToString();
            at += length;
        }

        return "no record";
    }

    private static bool SkipName(ReadOnlySpan<byte> message, ref int at)
    {
        while (at < message.Length)
        {
            int length = message[at++];
            if (length == 0)
                return true;
            if (length > LongestLabel)
                return (length & PointerBits) == PointerBits && ++at <= message.Length;
            at += length;
        }

        return false;
    }

    // 4.1.4: a pointer leads to where the rest of a name is; in circles, too, if somebody means ill.
    private static string? NameAt(ReadOnlySpan<byte> message, int at)
    {
        var name = new StringBuilder();
        for (int hops = 0; at < message.Length && name.Length <= LongestName;)
        {
            int length = message[at++];
            if (length == 0)
                return name.ToString();
            if ((length & PointerBits) == PointerBits)
            {
                if (at >= message.Length || ++hops > MostHops)
                    return null;
                at = (length & ~PointerBits) << 8 | message[at];
                continue;
            }

            if (length > LongestLabel || at + length > message.Length)
                return null;
            if (name.Length > 0)
                name.Append('.');
            name.Append(Encoding.ASCII.GetString(message.Slice(at, length)));
            at += length;
        }

        return null;
    }
}
