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
}
