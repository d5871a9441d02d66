namespace Megatux.Names;

/// <summary>Numbers of the DNS protocol: RFC 1035 unless another is named.</summary>
internal static class Dns
{
    // Offsets in the header, 4.1.1.
    public const int IdOffset = 0;
    public const int FlagsOffset = 2;
    public const int QuestionCountOffset = 4;
    public const int AnswerCountOffset = 6;
    public const int AuthorityCountOffset = 8;
    public const int AdditionalCountOffset = 10;
    public const int HeaderLength = 12;

    // The header's flags; CD is of RFC 4035, 3.1.6.
    public const ushort Response = 0x8000;
    public const ushort OpcodeMask = 0x7800;
    public const ushort Authoritative = 0x0400;
    public const ushort Truncated = 0x0200;
    public const ushort RecursionDesired = 0x0100;
    public const ushort CheckingDisabled = 0x0010;

    // Lengths, 2.3.4 and 4.2.1.
    public const int MaxName = 255;
    public const int MaxLabel = 63;
    public const int PlainUdpLength = 512;
    public const int MaxMessage = 65535;

    /// <summary>The two high bits of a compression pointer, 4.1.4.</summary>
    public const ushort Pointer = 0xC000;

    /// <summary>Type and class behind a question's name.</summary>
    public const int QuestionTail = 4;

    /// <summary>Type, class, TTL and length of data behind a record's name.</summary>
    public const int RecordTail = 10;

    // Record types and query types.
    public const ushort A = 1;
    public const ushort Ns = 2;
    public const ushort Soa = 6;
    public const ushort Ptr = 12;
    public const ushort Opt = 41;
    public const ushort Ixfr = 251;
    public const ushort MailAgents = 254;
    public const ushort Any = 255;

    /// <summary>The Internet's class.</summary>
    public const ushort Internet = 1;

    // Response codes; BADVERS (RFC 6891, 9) is the extended code 16: its upper eight bits stand in the OPT record.
    public const ushort NoError = 0;
    public const ushort FormatError = 1;
    public const ushort ServerFailure = 2;
    public const ushort NameError = 3;
    public const ushort NotImplemented = 4;
    public const ushort Refused = 5;
    public const byte BadVersionUpper = 1;

    // The OPT record, RFC 6891, 6.1: root name, type, size of UDP messages as class, then upper response code, version and
    // flags in the place of the TTL.
    public const int OptLength = 11;
    public const int OptionHeader = 4;
    public const ushort DnssecOk = 0x8000;

    /// <summary>
    /// The largest UDP message that we say we take, and send: it fits every link without fragments
    /// (DNS flag day 2020; IPv6's least MTU of 1280 less its headers).
    /// </summary>
    public const int UdpLength = 1232;
}
