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
    internal static void SetUp(HostNode host)
    {
        BridgePorts.SilenceIPv6();
        using NetworkSetup setup = NetworkSetup.Open();
        setup.AddAddress(host.Interface, host.Address.ToIPAddress(), host.PrefixLength);
        setup.SetUp(host.Interface);
        setup.AddBridge(host.Bridge, host.BridgeMac.ToOctets());
        setup.AddAddress(host.Bridge, host.BridgeAddress.ToIPAddress(), host.GuestNetwork.PrefixLength);
        setup.SetUp(host.Bridge);
        foreach (Route route in host.Routes)
            setup.AddRoute(route.Destination.First.ToIPAddress(), route.Destination.PrefixLength, route.Via?.ToIPAddress(), route.Interface);
        setup.Commit();

        // Other hosts ask on the physical network for addresses of our guests: we answer for all that lie behind our bridge.
        KernelSettings.Write("net/ipv4/ip_forward", "1");
        KernelSettings.Write($"net/ipv4/conf/{host.Interface}/proxy_arp", "1");

        // At once: the wait, up to 0.8 s, is for networks in which several routers answer for the same addresses.
        KernelSettings.Write($"net/ipv4/neigh/{host.Interface}/proxy_delay", "0");
    }

    /// <summary>Taps of all guests, plugged into the bridge.</summary>
    internal static void AddTaps(HostNode host)
    {
        using NetworkSetup setup = NetworkSetup.Open();
        for (int guest = 0; guest < host.Guests; guest++)
        {
            string tap = InterfaceNames.Tap(guest);
            TapDevice.CreatePersistent(tap);
            setup.SetMaster(tap, host.Bridge);
            setup.SetUp(tap);
        }

        setup.Commit();
    }
}
