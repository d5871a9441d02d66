using Megatux.Agents;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>Sets up all of a host's network as the plan computes it, in a few batches whatever the number of guests.</summary>
internal static class HostNetwork
{
    /// <summary>True when there is an interface of that name.</summary>
    internal static bool HasInterface(string name) => Directory.Exists($"/sys/class/net/{name}");

    /// <summary>Address, bridge and routes; guests' cables come with the guests.</summary>
    /// <param name="host">The host.</param>
    /// <param name="link">What its interface is called now.</param>
    /// <param name="physical">The network that hosts share.</param>
    internal static void SetUp(HostNode host, string link, IPv4Network physical)
    {
        BridgePorts.SilenceIPv6();
        using NetworkSetup setup = NetworkSetup.Open();
        CableEnd.Take(setup, link, host.Interface);
        setup.AddAddress(host.Interface, host.Address.ToIPAddress(), host.PrefixLength);
        setup.SetUp(host.Interface);
        setup.AddBridge(host.Bridge, host.BridgeMac.ToOctets());
        setup.AddAddress(host.Bridge, host.BridgeAddress.ToIPAddress(), host.GuestNetwork.PrefixLength);
        setup.SetUp(host.Bridge);
        for (int guest = InterfaceNames.GuestsOfBridge; guest < host.Guests; guest += InterfaceNames.GuestsOfBridge)
            AddBridge(setup, host, InterfaceNames.BridgeOf(guest));
        foreach (Route route in host.Routes)
            setup.AddRoute(route.Destination.First.ToIPAddress(), route.Destination.PrefixLength, route.Via?.ToIPAddress(), route.Interface);

        // Hosts and front-end talk on that network, and guests may be hostile.
        setup.Prohibit(host.Bridge, physical.First.ToIPAddress(), physical.PrefixLength);
        setup.Commit();

        // Other hosts ask on the physical network for addresses of our guests: we answer for all that lie behind our bridge.
        KernelSettings.Write("net/ipv4/ip_forward", "1");
        KernelSettings.Write($"net/ipv4/conf/{host.Interface}/proxy_arp", "1");

        // At once: the wait, up to 0.8 s, is for networks in which several routers answer for the same addresses.
        KernelSettings.Write($"net/ipv4/neigh/{host.Interface}/proxy_delay", "0");
    }

    /// <summary>A bridge for guests that the first one has no ports for.</summary>
    private static void AddBridge(NetworkSetup setup, HostNode host, string bridge)
    {
        (string first, string other) = InterfaceNames.CableTo(bridge);
        setup.AddBridge(bridge, default);
        setup.AddVeth(first, default, other, default);
        setup.SetMaster(first, host.Bridge);
        setup.SetMaster(other, bridge);
        foreach (string link in (string[])[bridge, first, other])
            setup.SetUp(link);
    }

    /// <summary>
    /// Keeps an address that a DHCP server leased and that is not the plan's, as it may be where hosts are known by name: those
    /// who know the host by it still reach it. Another host's is not taken.
    /// </summary>
    internal static void AddLeased(Experiment experiment, HostNode host, DhcpLease lease)
    {
        if (lease.Address == host.Address)
            return;
        if (experiment.Find(lease.Address) is { } other)
        {
            FirstProcess.Say($"DHCP gives {host.Name} the address {lease.Address}, which is {other.Name}'s in the plan; {host.Name} uses its own, {host.Address}");
            return;
        }

        using NetworkSetup setup = NetworkSetup.Open();
        setup.AddAddress(host.Interface, lease.Address.ToIPAddress(), lease.PrefixLength is 0 ? host.PrefixLength : lease.PrefixLength);
        setup.Commit();
    }

    /// <summary>Taps of all guests, plugged into the bridge.</summary>
    /// <param name="host">The host.</param>
    /// <param name="users">Who may attach to the tap of a guest, by its number: <see cref="GuestUsers"/>.</param>
    internal static void AddTaps(HostNode host, Func<int, int?> users) =>
        BridgePorts.AddTaps(Enumerable.Range(0, host.Guests).Select(guest => (InterfaceNames.Tap(guest), InterfaceNames.BridgeOf(guest), users(guest))));
}
