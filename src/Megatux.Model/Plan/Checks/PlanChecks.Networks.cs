namespace Megatux.Model;

// Networks: aligned, large enough, apart, and where addresses may be.
internal static partial class PlanChecks
{
    private const long AddressSpace = 1L << IPv4Network.AddressBits;

    // RFC 6890: addresses that no machine on a network can have.
    private static readonly (IPv4Network Network, string Meaning)[] Reserved =
    [
        (new IPv4Network(new IPv4Address(0u << 24), 8), "this network"),
        (new IPv4Network(new IPv4Address(127u << 24), 8), "loopback"),
        (new IPv4Network(new IPv4Address(224u << 24), 3), "multicast and beyond"),
    ];

    private static void GuestAlignment(Experiment experiment, ICollection<Problem> problems)
    {
        if (experiment.Equations.GuestNetwork is not null)
            return;
        IPv4Network first = experiment.GuestNetwork(0);
        if (first.IsAligned)
            return;
        long next = first.First.Value + first.Size;
        problems.Add(new Problem(ErrorCodes.NetworkUnaligned,
            $"{ExperimentProperties.VmNetworkStart} is {first.Address}, which is not the first address of a /{first.PrefixLength} network ({ExperimentProperties.VmNetmask} {first.Mask}): "
            + $"write {first.First}{(next < AddressSpace ? $" or {new IPv4Address((uint)next)}" : "")}.",
            ExperimentProperties.VmNetworkStart));
    }

    private static void GuestRoom(Experiment experiment, ICollection<Problem> problems)
    {
        long needed = (long)experiment.VmsPerHost + Experiment.ReservedAddresses;
        if (needed <= experiment.GuestNetworkSize)
            return;
        int prefix = IPv4Network.SmallestFor(needed);
        problems.Add(new Problem(ErrorCodes.GuestNetworkTooSmall,
            $"{ExperimentProperties.VmNetmask} is /{experiment.GuestPrefixLength}, {experiment.GuestNetworkSize} addresses a host; {experiment.VmsPerHost} guests, the bridge, "
            + $"the network's own and the broadcast address need {needed}: use /{prefix} ({new IPv4Network(default, prefix).Mask}) or larger.",
            ExperimentProperties.VmNetmask));
    }

    private static void GuestSpace(Experiment experiment, ICollection<Problem> problems)
    {
        if (experiment.Equations.GuestNetwork is not null)
            return;
        if (!TryGetGuestSpace(experiment, out AddressRange guests))
        {
            long room = (AddressSpace - experiment.GuestNetworkBase.Value) / experiment.GuestNetworkSize;
            problems.Add(new Problem(ErrorCodes.GuestSpaceOverflow,
                $"{experiment.HostCount} guest networks of /{experiment.GuestPrefixLength} from {experiment.GuestNetworkBase} run past 255.255.255.255; "
                + $"{room} fit: {GuestSpaceRemedy(experiment)}.",
                ExperimentProperties.VmNetworkStart));
            return;
        }

        if (ReservedIn(guests) is { } reserved)
            problems.Add(new Problem(ErrorCodes.ReservedAddresses,
                $"the guest networks {guests} run into {reserved}: {GuestSpaceRemedy(experiment)}.", ExperimentProperties.VmNetworkStart));
    }

    // A smaller mask is the easiest remedy, where it is one.
    private static string GuestSpaceRemedy(Experiment experiment)
    {
        long needed = Math.Clamp(experiment.VmsPerHost, 0, MaxVmsPerHost) + (long)Experiment.ReservedAddresses;
        Experiment tight = experiment with { GuestPrefixLength = IPv4Network.SmallestFor(needed) };
        return tight.GuestPrefixLength > experiment.GuestPrefixLength && TryGetGuestSpace(tight, out AddressRange guests) && ReservedIn(guests) is null
            ? $"set {ExperimentProperties.VmNetmask} to /{tight.GuestPrefixLength}, enough for {experiment.VmsPerHost} guests a host, or start elsewhere"
            : "start elsewhere (1.0.0.0 to 126.255.255.255 and 128.0.0.0 to 223.255.255.255 can be used), or use fewer hosts or smaller networks";
    }

    private static void HostRoom(Experiment experiment, ICollection<Problem> problems)
    {
        IPv4Network network = experiment.HostNetwork;
        if (ReservedIn(network) is { } reserved)
            problems.Add(new Problem(ErrorCodes.ReservedAddresses,
                $"{ExperimentProperties.HostNetwork} {network} contains {reserved}: use a private network such as {ExperimentDefaults.HostNetwork}.",
                ExperimentProperties.HostNetwork));

        // The network's own and the broadcast address are nobody's, and a gateway takes one more.
        long needed = experiment.HostCount + (experiment.HostGateway is null ? 2 : 3);
        if (needed > network.Size)
        {
            string remedy = needed <= AddressSpace ? $"use a /{IPv4Network.SmallestFor(needed)} or larger" : "use fewer hosts";
            problems.Add(new Problem(ErrorCodes.HostNetworkTooSmall,
                $"{ExperimentProperties.HostNetwork} {network} has {network.Size} addresses; {experiment.HostCount} hosts need {needed}: {remedy}.",
                ExperimentProperties.HostNetwork));
            return;
        }

        IPv4Address lowest = network.First.Plus(1);
        IPv4Address highest = network.Last.Plus(-experiment.HostCount);
        IPv4Address first = experiment.FirstHostAddress;
        if (experiment.Equations.HostAddress is null && (first < lowest || first > highest))
            problems.Add(new Problem(ErrorCodes.HostNetworkTooSmall,
                $"{experiment.HostCount} hosts from {ExperimentProperties.FirstHostAddress} {first} on do not fit into {network}: expected {lowest} to {highest}.",
                ExperimentProperties.FirstHostAddress));
    }

    private static void Gateway(Experiment experiment, ICollection<Problem> problems)
    {
        if (experiment.HostGateway is not { } gateway)
            return;
        IPv4Network network = experiment.HostNetwork;
        string? fault = gateway <= network.First || gateway >= network.Last
            ? $"is not one of {network}'s: expected {network.First.Plus(1)} to {network.Last.Plus(-1)}"
            : experiment.HostAddresses.InverseOf(gateway.Value) is >= 0 and var host
                ? $"is also the address of host {experiment.HostName(host)}: move it, or {(experiment.Equations.HostAddress is null ? $"set {ExperimentProperties.FirstHostAddress} past it" : $"mend {ExperimentProperties.NodeEquation} {NodeEquationNames.HostAddress}")}"
                : null;
        if (fault is not null)
            problems.Add(new Problem(ErrorCodes.GatewayMisplaced, $"{ExperimentProperties.HostGateway} {gateway} {fault}.", ExperimentProperties.HostGateway));
    }

    private static void Overlap(Experiment experiment, ICollection<Problem> problems)
    {
        IPv4Network hosts = experiment.HostNetwork;
        if (experiment.Equations.GuestNetwork is null && TryGetGuestSpace(experiment, out AddressRange guests)
            && guests.Overlaps(new AddressRange(hosts.First.Value, hosts.First.Value + hosts.Size)))
            problems.Add(new Problem(ErrorCodes.NetworksOverlap,
                $"the guest networks {guests} overlap the hosts' network {hosts}: move {ExperimentProperties.VmNetworkStart} or {ExperimentProperties.HostNetwork}.",
                ExperimentProperties.VmNetworkStart));
    }

    /// <summary>What a network has of addresses that no machine can have; null for none.</summary>
    internal static string? ReservedIn(IPv4Network network) => ReservedIn(new AddressRange(network.First.Value, network.First.Value + network.Size));

    private static string? ReservedIn(AddressRange range)
    {
        foreach ((IPv4Network network, string meaning) in Reserved)
            if (range.Overlaps(new AddressRange(network.First.Value, network.First.Value + network.Size)))
                return $"{network} ({meaning})";
        return null;
    }

    /// <summary>The addresses of all guest networks; false if they run past the last address.</summary>
    private static bool TryGetGuestSpace(Experiment experiment, out AddressRange range)
    {
        UInt128 end = experiment.GuestNetworkBase.Value + experiment.GuestSpaceSize;
        range = end <= (UInt128)AddressSpace ? new AddressRange(experiment.GuestNetworkBase.Value, (long)end) : default;
        return end <= (UInt128)AddressSpace;
    }

    /// <summary>Addresses in a row, the end not included; empty where the two are equal.</summary>
    private readonly record struct AddressRange(long Start, long End)
    {
        public bool Overlaps(AddressRange other) => Start < other.End && other.Start < End;

        public override string ToString() => $"{new IPv4Address((uint)Start)} to {new IPv4Address((uint)(End - 1))}";
    }
}
