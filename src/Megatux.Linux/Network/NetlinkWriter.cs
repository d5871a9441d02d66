using System.Runtime.InteropServices;
using System.Text;

namespace Megatux.Linux;

/// <summary>
/// Netlink messages one after the other in one growing buffer. buffer-format: include/uapi/linux/netlink.h, struct nlmsghdr,
/// a header of the message's family, then attributes (struct nlattr), each padded to a multiple of four.
/// </summary>
internal sealed class NetlinkWriter
{
    private byte[] _buffer = new byte[4096];

    /// <summary>Bytes written.</summary>
    internal int Length { get; private set; }

    /// <summary>Where the message last begun starts.</summary>
    internal int Message { get; private set; }

    /// <summary>What was written, open to changes.</summary>
    internal Span<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>Forgets all messages and keeps the buffer.</summary>
    internal void Clear() => Length = 0;

    /// <summary>Starts a message.</summary>
    /// <returns>Its family header, all zero.</returns>
    internal Span<byte> Begin(ushort type, ushort flags, uint sequence, int familyHeaderLength)
    {
        Message = Length;
        Span<byte> message = Take(Rtnetlink.HeaderLength + familyHeaderLength);
        Write(message[Rtnetlink.TypeAt..], type);
        Write(message[Rtnetlink.FlagsAt..], flags);
        Write(message[Rtnetlink.SequenceAt..], sequence);
        return message[Rtnetlink.HeaderLength..];
    }

    /// <summary>Ends the message: its length is known now.</summary>
    internal void End() => Write(_buffer.AsSpan(Message + Rtnetlink.LengthAt), (uint)(Length - Message));

    /// <summary>Adds bytes as they are: a struct that stands between attributes.</summary>
    internal Span<byte> Take(int length)
    {
        int padded = Rtnetlink.Align(length);
        if (_buffer.Length - Length < padded)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + padded));
        Span<byte> taken = _buffer.AsSpan(Length, padded);
        taken.Clear();
        Length += padded;
        return taken[..length];
    }

    /// <summary>Adds an attribute.</summary>
    internal void Put(ushort type, ReadOnlySpan<byte> value) => value.CopyTo(Attribute(type, value.Length));

    /// <summary>Adds an attribute of 32 bits.</summary>
    /// <returns>Where its value lies in the buffer.</returns>
    internal int Put(ushort type, uint value)
    {
        Write(Attribute(type, sizeof(uint)), value);
        return Length - sizeof(uint);
    }

    /// <summary>Adds an attribute of text, closed by NUL.</summary>
    internal void Put(ushort type, string text) => Encoding.UTF8.GetBytes(text, Attribute(type, Encoding.UTF8.GetByteCount(text) + 1));

    /// <summary>Starts an attribute that holds others.</summary>
    /// <returns>What <see cref="EndNest"/> wants.</returns>
    internal int BeginNest(ushort type)
    {
        int start = Length;
        Attribute(type, 0);
        return start;
    }

    /// <summary>Ends an attribute that holds others.</summary>
    internal void EndNest(int start) => Write(_buffer.AsSpan(start), (ushort)(Length - start));

    /// <summary>Changes a number that was written before, once it is known.</summary>
    internal void Patch(int at, uint value) => Write(_buffer.AsSpan(at), value);

    // Netlink's numbers are in the machine's order, whatever that is, and not always aligned to their size.
    internal static void Write<T>(Span<byte> at, T value) where T : unmanaged => MemoryMarshal.Write(at, in value);

    private Span<byte> Attribute(ushort type, int length)
    {
        Span<byte> attribute = Take(Rtnetlink.AttributeHeaderLength + length);
        Write(attribute, (ushort)attribute.Length);
        Write(attribute[sizeof(ushort)..], type);
        return attribute[Rtnetlink.AttributeHeaderLength..];
    }
}
