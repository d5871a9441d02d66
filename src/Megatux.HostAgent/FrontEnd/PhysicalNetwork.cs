using System.Globalization;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>The network between hosts of one machine: a bridge in the front-end's own network namespace, without a way out.</summary>
internal static class PhysicalNetwork
{
    /// <summary>The bridge.</summary>
    internal const string Bridge = "physical";

    /// <summary>The front-end's end of a host's cable.</summary>
    internal static string CableOf(long host) => string.Create(CultureInfo.InvariantCulture, $"h{host}");

    internal static void SetUp(Experiment experiment)
    {
        BridgePorts.SilenceIPv6();
        using NetworkSetup setup = NetworkSetup.Open();
        setup.SetUp(InterfaceNames.Loopback);
        setup.AddBridge(Bridge, experiment.MacOf(experiment.HostNetwork.First).ToOctets());
        setup.SetUp(Bridge);
        setup.Commit();
    }
}
