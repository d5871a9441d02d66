using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Megatux.Linux;

/// <content>Addresses and routes.</content>
public sealed partial class NetworkSetup
{
    private const int LongestPrefix = 32;

    /// <summary>Gives a device an address, and the namespace a route to the address's network. One that is there is no error.</summary>
    /// <param name="link">The device, which may be queued itself.</param>
    /// <param name="address">An IPv4 address.</param>
    /// <param name="prefixLength">Length of the network's prefix: 0 to 32 bits.</param>
    public void AddAddress(string link, IPAddress address, int prefixLength)
    {
        LinkName.Validate(link, nameof(link));
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        Bytes(address, bytes, nameof(address));
        ValidatePrefix(prefixLength);
        Span<byte> header = Begin(Rtnetlink.NewAddress, Rtnetlink.Create | Rtnetlink.Replace, Rtnetlink.AddressLength);
        header[0] = Rtnetlink.Inet;
        header[Rtnetlink.AddressPrefixAt] = (byte)prefixLength;
        _queue.Writer.Put(Rtnetlink.AddressLocal, bytes);
        _queue.Writer.Put(Rtnetlink.AddressOfPrefix, bytes);
        _queue.Add(new NetworkRequest
        {
            Operation = "add address",
            Subject = $"{address}/{prefixLength} to {link}",
            Link = link,
            IndexOf = link,
            IndexAt = _queue.Writer.Message + Rtnetlink.HeaderLength + Rtnetlink.AddressIndexAt,
        });
    }

    /// <summary>Adds a route to the main table, instead of one to the same network if there is one.</summary>
    /// <param name="network">First address of the network.</param>
    /// <param name="prefixLength">Length of its prefix: 0 (the default route) to 32 bits.</param>
    /// <param name="gateway">The router, which must be reachable already; null where the network is on the link.</param>
    /// <param name="link">The device, which may be queued itself; null to let the gateway decide.</param>
    /// <exception cref="ArgumentException">There is neither gateway nor link; or the network has bits beyond its prefix.</exception>
    public void AddRoute(IPAddress network, int prefixLength, IPAddress? gateway, string? link)
    {
        Span<byte> destination = stackalloc byte[sizeof(uint)], router = stackalloc byte[sizeof(uint)];
        Bytes(network, destination, nameof(network));
        ValidatePrefix(prefixLength);
        if (link is not null)
            LinkName.Validate(link, nameof(link));
        if (gateway is not null)
            Bytes(gateway, router, nameof(gateway));
        else if (link is null)
            throw new ArgumentException("A route needs a gateway or a link.", nameof(link));
        if ((uint)((ulong)BinaryPrimitives.ReadUInt32BigEndian(destination) << prefixLength) != 0)
            throw new ArgumentException($"{network} has bits beyond the first {prefixLength}.", nameof(network));

        Span<byte> header = Begin(Rtnetlink.NewRoute, Rtnetlink.Create | Rtnetlink.Replace, Rtnetlink.RouteLength);
        header[0] = Rtnetlink.Inet;
        header[Rtnetlink.RouteDestinationLengthAt] = (byte)prefixLength;
        header[Rtnetlink.RouteTableAt] = Rtnetlink.MainTable;
        header[Rtnetlink.RouteProtocolAt] = Rtnetlink.StaticProtocol;
        header[Rtnetlink.RouteScopeAt] = gateway is null ? Rtnetlink.LinkScope : Rtnetlink.UniverseScope;
        header[Rtnetlink.RouteTypeAt] = Rtnetlink.Unicast;
        if (prefixLength > 0)
            _queue.Writer.Put(Rtnetlink.RouteDestination, destination);
        if (gateway is not null)
            _queue.Writer.Put(Rtnetlink.RouteGateway, router);
        int at = link is null ? 0 : _queue.Writer.Put(Rtnetlink.RouteOut, 0u);
        _queue.Add(new NetworkRequest
        {
            Operation = "add route",
            Subject = $"to {network}/{prefixLength}{(gateway is null ? "" : $" by {gateway}")}{(link is null ? "" : $" on {link}")}",
            Link = link,
            IndexOf = link,
            IndexAt = at,
        });
    }

    /// <summary>Forwards nothing from a device to a network: whoever tries is told so (EACCES). Our own addresses there are not concerned.</summary>
    /// <param name="from">The device that packets come by.</param>
    /// <param name="network">First address of the network.</param>
    /// <param name="prefixLength">Length of its prefix: 0 to 32 bits.</param>
    public void Prohibit(string from, IPAddress network, int prefixLength)
    {
        LinkName.Validate(from, nameof(from));
        Span<byte> destination = stackalloc byte[sizeof(uint)];
        Bytes(network, destination, nameof(network));
        ValidatePrefix(prefixLength);
        Span<byte> header = Begin(Rtnetlink.NewRule, Rtnetlink.Create | Rtnetlink.Exclusive, Rtnetlink.RuleLength);
        header[0] = Rtnetlink.Inet;
        header[Rtnetlink.RuleDestinationLengthAt] = (byte)prefixLength;
        header[Rtnetlink.RuleActionAt] = Rtnetlink.Prohibit;
        _queue.Writer.Put(Rtnetlink.RuleDestination, destination);
        _queue.Writer.Put(Rtnetlink.RuleFrom, from);
        _queue.Writer.Put(Rtnetlink.RulePriority, 1u); // before the tables of routes, behind that of our own addresses
        Queue("prohibit", $"{network}/{prefixLength} from {from}");
    }

    private static void ValidatePrefix(int prefixLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, LongestPrefix);
    }

    private static void Bytes(IPAddress address, Span<byte> bytes, string parameter)
    {
        ArgumentNullException.ThrowIfNull(address, parameter);
        if (address.AddressFamily != AddressFamily.InterNetwork || !address.TryWriteBytes(bytes, out _))
            throw new ArgumentException($"{address} is no IPv4 address.", parameter);
    }
}
