using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Megatux.Model;

namespace Megatux.Tree;

/// <summary>Writes the parts of a message's payload: little-endian numbers, and texts, sets and bytes behind their lengths.</summary>
public readonly struct PayloadWriter(IBufferWriter<byte> output)
{
    /// <summary>Writes a byte.</summary>
    public void Byte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    /// <summary>Writes a truth value.</summary>
    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>Writes 4 bytes.</summary>
    public void Small(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(sizeof(uint)), value);
        output.Advance(sizeof(uint));
    }

    /// <summary>Writes 8 bytes.</summary>
    public void Number(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }

    /// <summary>Writes bytes behind their number.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Small((uint)value.Length);
        output.Write(value);
    }

    /// <summary>Writes a text in UTF-8.</summary>
    public void Text(string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        Small((uint)length);
        Encoding.UTF8.GetBytes(value, output.GetSpan(Math.Max(1, length)));
        output.Advance(length);
    }

    /// <summary>Writes a set as people write it, with steps: nothing is shorter for most.</summary>
    public void Nodes(NodeSet value) => Text(value.IsEmpty ? "" : value.ToString(steps: true));

    /// <summary>Writes the sets of nodes by how they are.</summary>
    public void States(NodeStates value)
    {
        Nodes(value.Up);
        Nodes(value.Boot);
        Nodes(value.Error);
    }
}
