using System.Buffers.Binary;
using System.Text;
using Megatux.Model;

namespace Megatux.Tree;

/// <summary>
/// Reads the parts of a message's payload as <see cref="PayloadWriter"/> writes them. What is not there reads as nothing, and
/// <see cref="IsGood"/> is false from then on: one question at the end is enough. Takes no more memory than the payload.
/// </summary>
public ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;
    private bool _isBad;

    /// <summary>True when all that was read was there, and nothing is left.</summary>
    public readonly bool IsGood => !_isBad && _rest.IsEmpty;

    /// <summary>True while all that was read was there.</summary>
    public readonly bool IsGoodSoFar => !_isBad;

    /// <summary>Reads a byte.</summary>
    public byte Byte() => Take(1) is [var value] ? value : (byte)0;

    /// <summary>Reads a truth value.</summary>
    public bool Flag()
    {
        byte value = Byte();
        _isBad |= value > 1;
        return value == 1;
    }

    /// <summary>Reads 4 bytes.</summary>
    public uint Small() => Take(sizeof(uint)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;

    /// <summary>Reads 8 bytes.</summary>
    public long Number() => Take(sizeof(long)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;

    /// <summary>Reads how many parts of some least length follow.</summary>
    public int Count(int leastLength)
    {
        uint count = Small();
        if (count <= _rest.Length / leastLength)
            return (int)count;
        _isBad = true;
        return 0;
    }

    /// <summary>Reads bytes behind their number; a part of the payload.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        uint length = Small();
        if (length <= _rest.Length)
            return Take((int)length);
        _isBad = true;
        return default;
    }

    /// <summary>Reads a text.</summary>
    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>Reads a set.</summary>
    public NodeSet Nodes()
    {
        string text = Text();
        if (text.Length == 0)
            return NodeSet.Empty;
        if (NodeSet.TryParse(text, out NodeSet nodes, out _))
            return nodes;
        _isBad = true;
        return NodeSet.Empty;
    }

    /// <summary>Reads the sets of nodes by how they are.</summary>
    public NodeStates States() => new(Nodes(), Nodes(), Nodes());

    private ReadOnlySpan<byte> Take(int length)
    {
        if (_isBad || _rest.Length < length)
        {
            _isBad = true;
            return default;
        }

        ReadOnlySpan<byte> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
