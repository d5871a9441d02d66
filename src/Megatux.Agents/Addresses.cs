using System.Buffers.Binary;
using System.Net;
using Megatux.Model;

namespace Megatux.Agents;

/// <summary>The plan's addresses in the forms that system calls take.</summary>
public static class Addresses
{
    /// <summary>The address as .NET has it.</summary>
    public static IPAddress ToIPAddress(this IPv4Address address)
    {
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, address.Value);
        return new IPAddress(octets);
    }

    /// <summary>The address as the plan has it; null for one that is no IPv4 address.</summary>
    public static IPv4Address? ToPlan(this IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        return address.TryWriteBytes(octets, out int length) && length == octets.Length ? new IPv4Address(BinaryPrimitives.ReadUInt32BigEndian(octets)) : null;
    }
}
