using System.Buffers.Binary;
using System.Net;
using Megatux.Model;

namespace Megatux.Agents;

/// <summary>The plan's addresses in the forms that system calls take.</summary>
public static class Addresses
{
    private const int BitsInOctet = 8;

    /// <summary>The address as .NET has it.</summary>
    public static IPAddress ToIPAddress(this IPv4Address address)
    {
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, address.Value);
        return new IPAddress(octets);
    }

    /// <summary>The address's octets, the first first.</summary>
    public static byte[] ToOctets(this MacAddress mac)
    {
        byte[] octets = new byte[MacAddress.Octets];
        for (int at = 0; at < octets.Length; at++)
            octets[at] = (byte)(mac.Value >> (BitsInOctet * (octets.Length - 1 - at)));
        return octets;
    }
}
