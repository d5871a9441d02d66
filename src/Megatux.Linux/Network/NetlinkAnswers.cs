using System.Net;
using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>What the kernel's answers mean. Everything here is a pure function of bytes.</summary>
internal static class NetlinkAnswers
{
    private const int AddressBytes = 4;

    /// <summary>Reads an acknowledgement (struct nlmsgerr with attributes behind it).</summary>
    /// <param name="payload">What follows the message's header.</param>
    /// <param name="flags">The message's flags.</param>
    /// <param name="reason">The kernel's own words, if it gives any.</param>
    /// <returns>0, or an error number above 0.</returns>
    /// <exception cref="InvalidDataException">The answer is cut short or its lengths lie.</exception>
    internal static int Error(ReadOnlySpan<byte> payload, ushort flags, out string? reason)
    {
        reason = null;
        if (payload.Length < Rtnetlink.ErrorLength)
            throw new InvalidDataException($"netlink: an acknowledgement of {payload.Length} bytes instead of {Rtnetlink.ErrorLength}");
        int error = MemoryMarshal.Read<int>(payload);
        if (error is > 0 or int.MinValue)
            throw new InvalidDataException($"netlink: an acknowledgement with error {error}, which is never above 0");
        if (error == 0 || (flags & Rtnetlink.WithAttributes) == 0)
            return -error;

        // A kernel that does not cap acknowledgements sends the request along; the attributes follow it.
        uint requestLength = MemoryMarshal.Read<uint>(payload[sizeof(int)..]);
        int length = (flags & Rtnetlink.Capped) != 0 || requestLength < Rtnetlink.HeaderLength ? Rtnetlink.ErrorLength
            : (int)Math.Min(((long)requestLength + sizeof(int) + 3) & ~3L, int.MaxValue);
        NetlinkAttributes attributes = NetlinkAttributes.After(payload, length);
        while (attributes.Read())
            if (attributes.Type == Rtnetlink.ErrorMessage)
                reason = attributes.Text();
        return -error;
    }

    /// <summary>Reads the end of a listing, which may hold the error that cut it short.</summary>
    /// <returns>0, or an error number above 0.</returns>
    internal static int EndOfList(ReadOnlySpan<byte> payload) =>
        payload.Length < sizeof(int) || MemoryMarshal.Read<int>(payload) is >= 0 or int.MinValue ? 0 : -MemoryMarshal.Read<int>(payload);

    /// <summary>Reads a network device (struct ifinfomsg with attributes behind it).</summary>
    /// <exception cref="InvalidDataException">The answer is cut short or its lengths lie.</exception>
    internal static NetworkLink Link(ReadOnlySpan<byte> payload)
    {
        NetlinkAttributes attributes = NetlinkAttributes.After(payload, Rtnetlink.LinkLength);
        string name = "";
        string? kind = null;
        byte[] mac = [];
        int? master = null;
        int mtu = 0;
        while (attributes.Read())
            switch (attributes.Type)
            {
                case Rtnetlink.LinkNameAttribute: name = attributes.Text(); break;
                case Rtnetlink.LinkAddress: mac = attributes.Value.ToArray(); break;
                case Rtnetlink.LinkMtu: mtu = (int)attributes.Number(); break;
                case Rtnetlink.LinkMaster: master = (int)attributes.Number(); break;
                case Rtnetlink.LinkInfo: kind = Kind(attributes.Value); break;
            }

        bool isUp = (MemoryMarshal.Read<uint>(payload[Rtnetlink.LinkFlagsAt..]) & Rtnetlink.Up) != 0;
        return new NetworkLink(name, MemoryMarshal.Read<int>(payload[Rtnetlink.LinkIndexAt..]), kind, mac, isUp, master, mtu);
    }

    /// <summary>Reads an IPv4 address of a device (struct ifaddrmsg with attributes behind it).</summary>
    /// <returns>The device's index, and the address; null where it is of another family.</returns>
    /// <exception cref="InvalidDataException">The answer is cut short or its lengths lie.</exception>
    internal static (int Index, IPAddress Address, int PrefixLength)? Address(ReadOnlySpan<byte> payload)
    {
        NetlinkAttributes attributes = NetlinkAttributes.After(payload, Rtnetlink.AddressLength);
        IPAddress? address = null;
        while (attributes.Read())
            if (payload[0] == Rtnetlink.Inet && attributes.Type == Rtnetlink.AddressLocal)
                address = attributes.Value.Length == AddressBytes ? new IPAddress(attributes.Value)
                    : throw new InvalidDataException($"netlink: an IPv4 address of {attributes.Value.Length} bytes");
        return address is null ? null
            : (MemoryMarshal.Read<int>(payload[Rtnetlink.AddressIndexAt..]), address, payload[Rtnetlink.AddressPrefixAt]);
    }

    private static string? Kind(ReadOnlySpan<byte> info)
    {
        var attributes = new NetlinkAttributes(info);
        while (attributes.Read())
            if (attributes.Type == Rtnetlink.InfoKind)
                return attributes.Text();
        return null;
    }
}
