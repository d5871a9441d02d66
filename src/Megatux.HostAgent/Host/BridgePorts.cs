using Megatux.Linux;

namespace Megatux.HostAgent;

/// <summary>What bridges of many ports need.</summary>
internal static class BridgePorts
{
    private const string Ipv6Settings = "/proc/sys/net/ipv6";

    /// <summary>
    /// Keeps the ports themselves silent: each would announce itself by IPv6 to all the others, and making a thousand would
    /// take ten times as long. What guests send is passed on as before.
    /// </summary>
    internal static void SilenceIPv6()
    {
        if (Directory.Exists(Ipv6Settings))
            KernelSettings.Write("net/ipv6/conf/default/disable_ipv6", "1");
    }

    /// <summary>Makes taps and plugs them into a bridge. One that is there is kept.</summary>
    internal static void AddTaps(IEnumerable<string> taps, string bridge)
    {
        using NetworkSetup setup = NetworkSetup.Open();
        foreach (string tap in taps)
        {
            TapDevice.CreatePersistent(tap);
            setup.SetMaster(tap, bridge);
            setup.SetUp(tap);
        }

        setup.Commit();
    }
}
