using System.Buffers.Binary;
using System.Text;

namespace Megatux.Names.Tests;

/// <summary>A record of a response. The text of its data depends on its type: an address, a name, a row of values.</summary>
internal sealed record ReplyRecord(string Name, ushort Type, ushort Class, uint Ttl, string Data);

/// <summary>Reads responses strictly: every byte must belong to something.</summary>
internal sealed class Reply
{
    private readonly byte[] _bytes;
    private int _position = 12;

    private Reply(byte[] bytes)
    {
        _bytes = bytes;
        Assert.True(bytes.Length >= 12, "shorter than a header");
        for (int i = 0; i < Number(4); i++)
            Questions.Add((Name(), Take(), Take()));
        Answers = Records(Number(6));
        Authorities = Records(Number(8));
        Additional = Records(Number(10));
        Assert.Equal(bytes.Length, _position);
    }

    public ushort Id => Number(0);

    public ushort Flags => Number(2);

    public int Code => Flags & 15 | (Options is { } options ? (int)(options.Ttl >> 24) << 4 : 0);

    public bool IsAuthoritative => (Flags & 0x0400) != 0;

    public bool IsTruncated => (Flags & 0x0200) != 0;

    public List<(string Name, ushort Type, ushort Class)> Questions { get; } = [];

    public List<ReplyRecord> Answers { get; }

    public List<ReplyRecord> Authorities { get; }

    public List<ReplyRecord> Additional { get; }

    public ReplyRecord? Options => Additional.SingleOrDefault(record => record.Type == Ask.Opt);

    public static Reply Parse(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    /// <summary>Asks an answerer, which must answer.</summary>
    public static Reply To(NameAnswerer answerer, byte[] query, int room = 65535, NameTransport transport = NameTransport.Udp)
    {
        byte[] response = new byte[room];
        int length = answerer.Answer(query, response, transport);
        Assert.True(length > 0, "no answer");
        return Parse(response.AsSpan(0, length));
    }

    private ushort Number(int offset) => BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(offset));

    private ushort Take()
    {
        _position += 2;
        return Number(_position - 2);
    }

    private List<ReplyRecord> Records(int count)
    {
        var records = new List<ReplyRecord>();
        for (int i = 0; i < count; i++)
        {
            string name = Name();
            (ushort type, ushort @class) = (Take(), Take());
            uint ttl = (uint)Take() << 16 | Take();
            int end = Take() + _position;
            string data = type switch
            {
                Ask.A => string.Join('.', _bytes.AsSpan(_position, 4).ToArray()),
                Ask.Ptr or Ask.Ns => Name(),
                Ask.Soa => $"{Name()} {Name()} {string.Join(' ', Enumerable.Range(0, 5).Select(_ => (uint)Take() << 16 | Take()))}",
                _ => Convert.ToHexString(_bytes.AsSpan(_position, end - _position)),
            };
            if (type is not (Ask.Ptr or Ask.Ns or Ask.Soa))
                _position = end;
            Assert.Equal(end, _position);
            records.Add(new ReplyRecord(name, type, @class, ttl, data));
        }

        return records;
    }

    private string Name()
    {
        var name = new StringBuilder();
        int position = _position;
        bool jumped = false;
        while (_bytes[position] != 0)
        {
            if (_bytes[position] >= 0xC0)
            {
                int target = Number(position) & 0x3FFF;
                Assert.True(target < position, "a pointer that does not lead back");
                if (!jumped)
                    _position = position + 2;
                (jumped, position) = (true, target);
                continue;
            }

            name.Append(Encoding.Latin1.GetString(_bytes, position + 1, _bytes[position])).Append('.');
            position += 1 + _bytes[position];
        }

        if (!jumped)
            _position = position + 1;
        return name.Length == 0 ? "." : name.ToString();
    }
}
