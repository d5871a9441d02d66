using Megatux.Linux;
using Megatux.Model;

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

    /// <summary>
    /// Lets every user open the device of taps, as udev does elsewhere: who attaches must own the tap. For a machine; the
    /// device of a container is its machine's.
    /// </summary>
    internal static void LetOwnersAttach()
    {
        if (File.Exists(TapDevice.ControlFile))
            File.SetUnixFileMode(TapDevice.ControlFile, FileNodes.ForEveryone);
    }

    /// <summary>
    /// Gives the kernel room for neighbours of many guests, of which it would know 1024 and then reach no other. For a machine; the table
    /// of a container is its machine's, as megatux doctor says.
    /// </summary>
    internal static void MakeRoomForNeighbours()
    {
        const string most = "65536";
        foreach (string limit in (string[])["gc_thresh3", "gc_thresh2"])
            KernelSettings.Write($"net/ipv4/neigh/default/{limit}", most);
    }

    /// <summary>Makes taps and plugs them into bridges. One that is there is kept.</summary>
    /// <param name="taps">Their names and bridges, each with the user who may attach to it; null for whoever may change networks.</param>
    /// <exception cref="MegatuxException">There is no device to make taps with.</exception>
    internal static void AddTaps(IEnumerable<(string Name, string Bridge, int? Owner)> taps)
    {
        if (!File.Exists(TapDevice.ControlFile))
            throw new MegatuxException(ErrorCodes.TapsUnavailable,
                $"There is no {TapDevice.ControlFile}, by which guests are plugged into their network: `modprobe tun` on the machine, then boot again.");
        using NetworkSetup setup = NetworkSetup.Open();
        foreach ((string tap, string bridge, int? owner) in taps)
        {
            TapDevice.CreatePersistent(tap, owner);
            setup.SetMaster(tap, bridge);
            setup.SetUp(tap);
        }

        setup.Commit();
    }
}
