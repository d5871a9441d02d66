namespace Megatux.Model;

// Where the values of each equation must be.
internal sealed partial class EquationChecks
{
    // IEEE 802-2014, 8.2: the lowest bit of the first octet.
    private const long MulticastBit = 1L << 40;

    private string? FaultOf(NodeEquation equation, long value) => equation.Function switch
    {
        NodeEquationNames.HostAddress => FaultOfHost(new IPv4Address((uint)value)),
        NodeEquationNames.HostMac => FaultOfMac(new MacAddress((ulong)value)),
        NodeEquationNames.GuestNetwork => FaultOfNetwork(new IPv4Network(new IPv4Address((uint)value), experiment.GuestPrefixLength)),
        _ => FaultOfPlace(value),
    };

    private string? FaultOfHost(IPv4Address address)
    {
        IPv4Network network = experiment.HostNetwork;
        return address <= network.First || address >= network.Last
                ? $"which is not in {ExperimentProperties.HostNetwork} {network}: expected {network.First.Plus(1)} to {network.Last.Plus(-1)}"
            : address == experiment.HostGateway ? $"which is {ExperimentProperties.HostGateway}'s"
            : null;
    }

    private string? FaultOfMac(MacAddress mac)
    {
        if (mac.Value == 0 || ((long)mac.Value & MulticastBit) != 0)
            return "which is no machine's: expected one whose first octet is even";
        if (!experiment.MacPrefix.TryGetRest(mac, out ulong rest) || rest > uint.MaxValue)
            return null;

        // With a longer prefix, the low bits of any bridge or guest.
        if (experiment.MacPrefix.FreeBits < IPv4Network.AddressBits)
            return $"which has the {ExperimentProperties.MacPrefix} of guests: expected another";
        return experiment.UseOf(new IPv4Address((uint)rest)).Role is AddressRole.Bridge or AddressRole.Guest
            ? $"which is that of {new IPv4Address((uint)rest)}: expected another than {ExperimentProperties.MacPrefix} {experiment.MacPrefix}" : null;
    }

    private string? FaultOfNetwork(IPv4Network network) =>
        !network.IsAligned ? $"which is not the first address of a /{network.PrefixLength} network ({ExperimentProperties.VmNetmask} {network.Mask}): expected {network.First}"
        : PlanChecks.ReservedIn(network) is { } reserved ? $"of which the network runs into {reserved}: expected one of 1.0.0.0 to 126.255.255.255 or 128.0.0.0 to 223.255.255.255"
        : Overlap(network, experiment.HostNetwork) ? $"of which the network overlaps {ExperimentProperties.HostNetwork} {experiment.HostNetwork}: move one of them"
        : null;

    private string? FaultOfPlace(long place)
    {
        long last = experiment.GuestNetworkSize - Experiment.ReservedAddresses + 1;
        return place >= Experiment.FirstGuestOffset && place <= last ? null
            : $"which is the network's own, the bridge's, the broadcast address or outside of {ExperimentProperties.VmNetmask} /{experiment.GuestPrefixLength}: expected {Experiment.FirstGuestOffset} to {last}";
    }

    /// <summary>Networks that do not rise have one route for all, which must not take the hosts' own addresses.</summary>
    private Problem? Around(NodeEquation networks) => !networks.Rises && experiment.GuestSpace() is [var all] && Overlap(all, experiment.HostNetwork)
        ? new Problem(ErrorCodes.NetworksOverlap,
            $"{ExperimentProperties.NodeEquation} {networks.Function} gives networks that do not rise, so that hosts have one route to all of them, {all}; "
            + $"it overlaps {ExperimentProperties.HostNetwork} {experiment.HostNetwork}: move one of them, or number guest networks in the order of hosts.",
            networks.Subject)
        : null;

    private static bool Overlap(IPv4Network one, IPv4Network other) => one.First <= other.Last && other.First <= one.Last;
}
