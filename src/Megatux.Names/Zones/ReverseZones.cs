using Megatux.Model;

namespace Megatux.Names;

/// <summary>
/// Names of addresses (RFC 1035, 3.5). A zone there is as large as the network, or as each host's guest network, if those
/// end at a dot; else the network is several zones of the next smaller size, down to those of three octets.
/// </summary>
internal sealed class ReverseZones
{
    private const string Top = "in-addr.arpa";
    private const string Suffix = "." + Top;
    private const int Octets = 4, OctetBits = 8;

    private readonly Experiment _experiment;
    private readonly Range _hosts, _guests;

    public ReverseZones(Experiment experiment)
    {
        _experiment = experiment;
        _hosts = new Range(experiment.HostNetwork.First.Value, experiment.HostNetwork.Last.Value, OctetsOf(experiment.HostNetwork.PrefixLength));
        IReadOnlyList<IPv4Network> guests = experiment.GuestSpace();
        _guests = new Range(guests[0].First.Value, guests[^1].Last.Value, OctetsOf(experiment.GuestPrefixLength));
    }

    /// <summary>Whether a name in small letters is one of an address, or above such.</summary>
    public static bool Holds(ReadOnlySpan<char> name) => name.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>Finds a name that <see cref="Holds"/>.</summary>
    public Finding Find(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> rest = name[..^Suffix.Length];
        Span<int> starts = stackalloc int[Octets];
        uint value = 0;
        int octets = 0;
        while (octets < Octets && !rest.IsEmpty)
        {
            int start = rest.LastIndexOf('.') + 1;
            if (!TryParseOctet(rest[start..], out uint octet))
                break;
            value |= octet << (OctetBits * (Octets - 1 - octets));
            starts[octets++] = start;
            rest = rest[..Math.Max(0, start - 1)];
        }

        if (octets == 0 || ZoneOf(value, octets) is not (> 0 and int zoneOctets))
            return new Finding(ZoneKind.None);

        int apex = starts[zoneOctets - 1];
        var missing = new Finding(ZoneKind.Reverse, apex);
        if (!rest.IsEmpty)
            return missing;
        if (octets < Octets)
            return apex == 0 || HasNodes(value, octets) ? missing with { Existence = Existence.Bare } : missing;
        AddressUse use = _experiment.UseOf(new IPv4Address(value));
        return use.Role is AddressRole.Host or AddressRole.Bridge or AddressRole.Guest
            ? new Finding(ZoneKind.Reverse, apex, Existence.Address, use.HostRank, use.Role == AddressRole.Guest ? use.Guest : NodeNames.NoGuest)
            : missing;
    }

    private static int OctetsOf(int prefixLength) => Math.Clamp((prefixLength + OctetBits - 1) / OctetBits, 1, Octets - 1);

    private static uint SizeLessOne(int octets) => (uint)(IPv4Network.SizeOf(octets * OctetBits) - 1);

    /// <summary>How many octets the name of the zone around an address or a part of one has; 0 if that is none of ours.</summary>
    private int ZoneOf(uint value, int octets) =>
        _hosts.ZoneAround(value, octets) is > 0 and int ofHosts ? ofHosts : _guests.ZoneAround(value, octets);

    /// <summary>Whether a host, bridge or guest has an address that begins with these octets, as far as the plan can say.</summary>
    private bool HasNodes(uint first, int octets) => _experiment.MayHaveNodes(new IPv4Address(first), new IPv4Address(first + SizeLessOne(octets)));

    private static bool TryParseOctet(ReadOnlySpan<char> text, out uint octet)
    {
        octet = 0;
        if (text.Length is 0 or > 3 || text is ['0', _, ..])
            return false;
        foreach (char digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            octet = octet * 10 + digit - '0';
        }

        return octet <= byte.MaxValue;
    }

    /// <summary>Addresses in a row, and the octets that the names of their zones have.</summary>
    private readonly record struct Range(uint First, uint Last, int ZoneOctets)
    {
        public int ZoneAround(uint value, int octets)
        {
            uint within = SizeLessOne(ZoneOctets);
            return octets >= ZoneOctets && (value & ~within) <= Last && (value | within) >= First ? ZoneOctets : 0;
        }
    }
}
