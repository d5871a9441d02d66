using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>
/// Reads messages out of one datagram of the kernel's. No length in it is believed before it is compared with what is there.
/// buffer-format: include/uapi/linux/netlink.h, struct nlmsghdr.
/// </summary>
internal ref struct NetlinkReader(ReadOnlySpan<byte> datagram)
{
    private ReadOnlySpan<byte> _rest = datagram;

    /// <summary>Type of the message last read.</summary>
    internal ushort Type { get; private set; }

    /// <summary>Flags of the message last read.</summary>
    internal ushort Flags { get; private set; }

    /// <summary>Sequence number of the message last read.</summary>
    internal uint Sequence { get; private set; }

    /// <summary>What follows the header of the message last read.</summary>
    internal ReadOnlySpan<byte> Payload { get; private set; }

    /// <summary>Goes to the next message, if there is one.</summary>
    /// <exception cref="InvalidDataException">A message is longer than what is there, or shorter than its header.</exception>
    internal bool Read()
    {
        if (_rest.IsEmpty)
            return false;
        if (_rest.Length < Rtnetlink.HeaderLength)
            throw new InvalidDataException(
                $"netlink: {_rest.Length} bytes where a message's header of {Rtnetlink.HeaderLength} was expected");
        uint length = MemoryMarshal.Read<uint>(_rest);
        if (length < Rtnetlink.HeaderLength || length > (uint)_rest.Length)
            throw new InvalidDataException($"netlink: a message of {length} bytes where {_rest.Length} are left");
        Type = MemoryMarshal.Read<ushort>(_rest[Rtnetlink.TypeAt..]);
        Flags = MemoryMarshal.Read<ushort>(_rest[Rtnetlink.FlagsAt..]);
        Sequence = MemoryMarshal.Read<uint>(_rest[Rtnetlink.SequenceAt..]);
        Payload = _rest[Rtnetlink.HeaderLength..(int)length];
        _rest = _rest[Math.Min(Rtnetlink.Align((int)length), _rest.Length)..];
        return true;
    }
}
