namespace Megatux.Linux;

/// <summary>Numbers of rtnetlink that we use, by the header that defines them. All fields are in the machine's byte order.</summary>
internal static class Rtnetlink
{
    // include/uapi/linux/netlink.h: struct nlmsghdr (length, type, flags, sequence, port) and struct nlattr (length, type).
    internal const int HeaderLength = 16, LengthAt = 0, TypeAt = 4, FlagsAt = 6, SequenceAt = 8;
    internal const int AttributeHeaderLength = 4, AttributeTypeMask = 0x3FFF;
    internal const ushort MessageError = 2, MessageDone = 3;
    internal const ushort Request = 0x1, Acknowledge = 0x4, DumpInterrupted = 0x10, Dump = 0x300;
    internal const ushort Replace = 0x100, Exclusive = 0x200, Create = 0x400;

    // The same header: struct nlmsgerr (error, header of the request) and what may follow it.
    internal const int ErrorLength = 4 + HeaderLength;
    internal const ushort Capped = 0x100, WithAttributes = 0x200, ErrorMessage = 1;

    // include/uapi/linux/rtnetlink.h.
    internal const ushort NewLink = 16, DeleteLink = 17, GetLink = 18, SetLink = 19, NewAddress = 20, GetAddress = 22, NewRoute = 24;

    // The same header: struct ifinfomsg (family, padding, type, index, flags, change).
    internal const int LinkLength = 16, LinkIndexAt = 4, LinkFlagsAt = 8, LinkChangeAt = 12;
    internal const uint Up = 1;

    // include/uapi/linux/if_link.h.
    internal const ushort LinkAddress = 1, LinkNameAttribute = 3, LinkMtu = 4, LinkMaster = 10, LinkInfo = 18,
        LinkGroup = 27, LinkNamespace = 28, LinkExtendedMask = 29;
    internal const ushort InfoKind = 1, InfoData = 2;
    internal const ushort BridgeForwardDelay = 1, BridgeSpanningTree = 5;
    internal const uint SkipStatistics = 8;

    /// <summary>VETH_INFO_PEER of include/uapi/linux/veth.h: a struct ifinfomsg with attributes of its own.</summary>
    internal const ushort VethPeer = 1;

    // include/uapi/linux/if_addr.h: struct ifaddrmsg (family, prefix length, flags, scope, index).
    internal const int AddressLength = 8, AddressPrefixAt = 1, AddressIndexAt = 4;
    internal const ushort AddressOfPrefix = 1, AddressLocal = 2;

    // include/uapi/linux/rtnetlink.h: struct rtmsg (family, length of destination, of source, service,
    // table, protocol, scope, type, flags).
    internal const int RouteLength = 12, RouteDestinationLengthAt = 1, RouteTableAt = 4,
        RouteProtocolAt = 5, RouteScopeAt = 6, RouteTypeAt = 7;
    internal const ushort RouteDestination = 1, RouteOut = 4, RouteGateway = 5;
    internal const byte MainTable = 254, StaticProtocol = 4, UniverseScope = 0, LinkScope = 253, Unicast = 1;

    // include/uapi/linux/fib_rules.h: struct fib_rule_hdr (family, length of destination, of source, service, table, 2 reserved,
    // action, flags).
    internal const ushort NewRule = 32, RuleDestination = 1, RuleFrom = 3, RulePriority = 6;
    internal const int RuleLength = 12, RuleDestinationLengthAt = 1, RuleActionAt = 7;
    internal const byte Prohibit = 8;

    /// <summary>AF_INET.</summary>
    internal const byte Inet = 2;

    /// <summary>Messages and attributes start at multiples of four.</summary>
    internal static int Align(int length) => (length + 3) & ~3;
}
