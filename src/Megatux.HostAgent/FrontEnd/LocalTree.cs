using Megatux.Agents;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>The root of the tree of an experiment on this machine, and what hosts are told to find it.</summary>
internal sealed class LocalTree : IDisposable
{
    internal LocalTree(Manifest manifest, RunFolder files)
    {
        Master = MasterOf(manifest.Experiment).ToString();
        Key = File.ReadAllText(files.Key);
        Root = new TreeRelay(() => TreeProgram.OfRoot(Master, files.Manifest, files.Path), static (_, _) => { });
    }

    /// <summary>The address that the root listens on.</summary>
    internal string Master { get; }

    /// <summary>The key of the tree's links, in PEM.</summary>
    internal string Key { get; }

    /// <summary>The root's daemon.</summary>
    internal TreeRelay Root { get; }

    /// <summary>Gives this machine the master's address, and starts the root.</summary>
    internal void Start(Experiment experiment)
    {
        using (NetworkSetup setup = NetworkSetup.Open())
        {
            setup.AddAddress(PhysicalNetwork.Bridge, MasterOf(experiment).ToIPAddress(), experiment.HostNetwork.PrefixLength);
            setup.Commit();
        }

        Root.Start(Key);
    }

    /// <inheritdoc/>
    public void Dispose() => Root.Dispose();

    /// <summary>The last address of the hosts' network that nobody has.</summary>
    private static IPv4Address MasterOf(Experiment experiment)
    {
        IPv4Network network = experiment.HostNetwork;
        long size = IPv4Network.SizeOf(network.PrefixLength);
        for (long last = size - 2; last > Math.Max(0, size - 2 - experiment.HostCount - 4); last--)
            if (experiment.UseOf(network.First.Plus(last)).Role == AddressRole.UnusedHost)
                return network.First.Plus(last);
        throw new MegatuxException(ErrorCodes.PlanValueOutOfRange,
            $"{network} has no address left for the front-end, which {experiment.HostCount} hosts need to reach: make {ExperimentProperties.HostNetwork} larger.");
    }
}
