using System.Runtime.InteropServices;
using System.Text;

namespace Megatux.Linux;

/// <summary>
/// Reads attributes one after the other, believing no length. buffer-format: include/uapi/linux/netlink.h, struct nlattr.
/// </summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> attributes)
{
    private ReadOnlySpan<byte> _rest = attributes;

    /// <summary>Type of the attribute last read, without the bits that say that it is nested or in network order.</summary>
    internal int Type { get; private set; }

    /// <summary>Value of the attribute last read.</summary>
    internal ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The attributes behind a message's family header.</summary>
    /// <exception cref="InvalidDataException">The message is shorter than that header.</exception>
    internal static NetlinkAttributes After(ReadOnlySpan<byte> payload, int familyHeaderLength) =>
        payload.Length < familyHeaderLength
            ? throw new InvalidDataException(
                $"netlink: a message of {payload.Length} bytes where a header of {familyHeaderLength} was expected")
            : new NetlinkAttributes(payload[familyHeaderLength..]);

    /// <summary>Goes to the next attribute, if there is one.</summary>
    /// <exception cref="InvalidDataException">An attribute is longer than what is there, or shorter than its header.</exception>
    internal bool Read()
    {
        if (_rest.IsEmpty)
            return false;
        int length = _rest.Length < Rtnetlink.AttributeHeaderLength ? 0 : MemoryMarshal.Read<ushort>(_rest);
        if (length < Rtnetlink.AttributeHeaderLength || length > _rest.Length)
            throw new InvalidDataException($"netlink: an attribute of {length} bytes where {_rest.Length} are left");
        Type = MemoryMarshal.Read<ushort>(_rest[sizeof(ushort)..]) & Rtnetlink.AttributeTypeMask;
        Value = _rest[Rtnetlink.AttributeHeaderLength..length];
        _rest = _rest[Math.Min(Rtnetlink.Align(length), _rest.Length)..];
        return true;
    }

    /// <summary>The value as a number of 32 bits.</summary>
    /// <exception cref="InvalidDataException">It has another length.</exception>
    internal readonly uint Number() =>
        Value.Length == sizeof(uint)
            ? MemoryMarshal.Read<uint>(Value)
            : throw new InvalidDataException($"netlink: attribute {Type} has {Value.Length} bytes instead of {sizeof(uint)}");

    /// <summary>The value as text, up to its first NUL.</summary>
    internal readonly string Text()
    {
        int end = Value.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? Value : Value[..end]);
    }
}
