using System.Buffers.Binary;

namespace Megatux.Names;

/// <summary>Writes a response's records one after the other; what does not fit is not written, and <see cref="IsFull"/> says so.</summary>
internal ref struct ResponseWriter(Span<byte> target)
{
    private readonly Span<byte> _target = target;

    /// <summary>How many bytes are written.</summary>
    public int Length { get; private set; }

    /// <summary>Whether something did not fit.</summary>
    public bool IsFull { get; private set; }

    public void Byte(byte value)
    {
        if (Reserve(1) is { IsEmpty: false } place)
            place[0] = value;
    }

    public void Number(ushort value)
    {
        if (Reserve(sizeof(ushort)) is { IsEmpty: false } place)
            BinaryPrimitives.WriteUInt16BigEndian(place, value);
    }

    public void Number(uint value)
    {
        if (Reserve(sizeof(uint)) is { IsEmpty: false } place)
            BinaryPrimitives.WriteUInt32BigEndian(place, value);
    }

    /// <summary>Writes the labels of a name, without the root that ends it or the pointer that goes on.</summary>
    /// <param name="name">Labels of 1 to 63 ASCII characters, dots between them.</param>
    public void Labels(scoped ReadOnlySpan<char> name)
    {
        while (!name.IsEmpty)
        {
            int dot = name.IndexOf('.');
            ReadOnlySpan<char> label = dot < 0 ? name : name[..dot];
            Byte((byte)label.Length);
            if (Reserve(label.Length) is { IsEmpty: false } place)
                System.Text.Encoding.ASCII.GetBytes(label, place);
            name = dot < 0 ? default : name[(dot + 1)..];
        }
    }

    /// <summary>Ends a name with what the question holds from an index on; the root, if nothing.</summary>
    public void RestOfQuestion(int index, int questionName)
    {
        if (index >= questionName)
            Byte(0);
        else
            Number((ushort)(Dns.Pointer | (Dns.HeaderLength + index)));
    }

    /// <summary>Writes what stands between a record's name and its data, but for the length of these.</summary>
    public void RecordHead(ushort type, uint ttl)
    {
        Number(type);
        Number(Dns.Internet);
        Number(ttl);
    }

    /// <summary>Leaves room for the length of the data that follow.</summary>
    /// <returns>Where it is, for <see cref="EndData"/>.</returns>
    public int BeginData()
    {
        Number((ushort)0);
        return Length;
    }

    /// <summary>Fills in the length of the data written since.</summary>
    public readonly void EndData(int start)
    {
        if (!IsFull)
            BinaryPrimitives.WriteUInt16BigEndian(_target[(start - sizeof(ushort))..], (ushort)(Length - start));
    }

    private Span<byte> Reserve(int length)
    {
        if (IsFull || length > _target.Length - Length)
        {
            IsFull = true;
            return default;
        }

        Span<byte> place = _target.Slice(Length, length);
        Length += length;
        return place;
    }
}
