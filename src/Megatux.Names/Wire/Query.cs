using System.Buffers.Binary;

namespace Megatux.Names;

/// <summary>What a message asks, read from its bytes.</summary>
internal ref struct Query
{
    // In place of what no name of ours has, a dot inside a label among it: it equals nothing that is looked for.
    private const char Foreign = '?';

    /// <summary>The question as it came: name, type, class.</summary>
    public ReadOnlySpan<byte> Question;

    /// <summary>
    /// The name in small letters, dots between its labels; empty for the root. The label that begins at index i of it
    /// begins at i of the question.
    /// </summary>
    public ReadOnlySpan<char> Name;

    /// <summary>The type asked for.</summary>
    public ushort Type;

    /// <summary>The class asked in.</summary>
    public ushort Class;

    /// <summary>Whether the message has an OPT record (RFC 6891).</summary>
    public bool HasOptions;

    /// <summary>The OPT record's version.</summary>
    public byte Version;

    /// <summary>The OPT record's flags.</summary>
    public ushort OptionFlags;

    /// <summary>How long a UDP message the client takes.</summary>
    public int UdpLength;

    /// <summary>Reads a whole message with one question; its header's flags are not looked at.</summary>
    /// <param name="message">At least a header.</param>
    /// <param name="text">Where the name is written: <see cref="Dns.MaxName"/> characters.</param>
    /// <param name="query">What it asks.</param>
    /// <returns>False if the message breaks the protocol's rules or is cut off.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, Span<char> text, out Query query)
    {
        query = new Query { UdpLength = Dns.PlainUdpLength };
        if (Count(message, Dns.QuestionCountOffset) != 1 || !query.TryReadQuestion(message, text))
            return false;

        // The other sections of a query mean nothing to us, the OPT record apart; but they must be there.
        int position = Dns.HeaderLength + query.Question.Length;
        int ignored = Count(message, Dns.AnswerCountOffset) + Count(message, Dns.AuthorityCountOffset);
        int records = ignored + Count(message, Dns.AdditionalCountOffset);
        for (int i = 0; i < records; i++)
            if (!query.TryReadRecord(message, ref position, isAdditional: i >= ignored))
                return false;
        return position == message.Length;
    }

    private static ushort Count(ReadOnlySpan<byte> message, int offset) => BinaryPrimitives.ReadUInt16BigEndian(message[offset..]);

    private bool TryReadQuestion(ReadOnlySpan<byte> message, Span<char> text)
    {
        ReadOnlySpan<byte> rest = message[Dns.HeaderLength..];
        int position = 0;
        while (true)
        {
            // Nothing stands before the question that a pointer could lead to, so there is none.
            if (position >= rest.Length || rest[position] > Dns.MaxLabel)
                return false;
            int length = rest[position++];
            if (length == 0)
                break;
            if (position + length >= rest.Length || position + length >= Dns.MaxName)
                return false;
            for (int i = 0; i < length; i++)
                text[position - 1 + i] = Small(rest[position + i]);
            position += length;
            text[position - 1] = '.';
        }

        if (position + Dns.QuestionTail > rest.Length)
            return false;
        Name = text[..Math.Max(0, position - 2)];
        Question = rest[..(position + Dns.QuestionTail)];
        Type = BinaryPrimitives.ReadUInt16BigEndian(rest[position..]);
        Class = BinaryPrimitives.ReadUInt16BigEndian(rest[(position + 2)..]);
        return true;
    }

    private bool TryReadRecord(ReadOnlySpan<byte> message, ref int position, bool isAdditional)
    {
        int start = position;
        if (!TrySkipName(message, ref position) || position + Dns.RecordTail > message.Length)
            return false;
        bool isRoot = position == start + 1;
        ReadOnlySpan<byte> tail = message.Slice(position, Dns.RecordTail);
        int length = BinaryPrimitives.ReadUInt16BigEndian(tail[8..]);
        position += Dns.RecordTail;
        if (position + length > message.Length)
            return false;
        ReadOnlySpan<byte> data = message.Slice(position, length);
        position += length;
        if (!isAdditional || BinaryPrimitives.ReadUInt16BigEndian(tail) != Dns.Opt)
            return true;

        // RFC 6891, 6.1.1: at most one, and its name is the root.
        if (HasOptions || !isRoot || !AreOptions(data))
            return false;
        HasOptions = true;
        UdpLength = BinaryPrimitives.ReadUInt16BigEndian(tail[2..]);
        Version = tail[5];
        OptionFlags = BinaryPrimitives.ReadUInt16BigEndian(tail[6..]);
        return true;
    }

    /// <summary>Whether data is a row of options; which ones does not matter, for we know none.</summary>
    private static bool AreOptions(ReadOnlySpan<byte> data)
    {
        while (data.Length >= Dns.OptionHeader)
        {
            int length = Dns.OptionHeader + BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
            if (length > data.Length)
                return false;
            data = data[length..];
        }

        return data.IsEmpty;
    }

    /// <summary>Passes over a record's name. Where pointers lead is not asked: nobody reads the name.</summary>
    private static bool TrySkipName(ReadOnlySpan<byte> message, ref int position)
    {
        for (int start = position; position < message.Length && position - start < Dns.MaxName;)
        {
            int length = message[position++];
            if (length == 0)
                return true;
            if (length >= Dns.Pointer >> 8)
                return ++position <= message.Length;
            if (length > Dns.MaxLabel)
                return false;
            position += length;
        }

        return false;
    }

    private static char Small(byte value)
    {
        char character = (char)value;
        if (char.IsAsciiLetterUpper(character))
            return (char)(character | 0x20);
        return char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '_' ? character : Foreign;
    }
}
