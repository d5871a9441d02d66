using Megatux.Agents;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>The root of the tree of an experiment that this machine controls, and what hosts are told to find it.</summary>
internal sealed class LocalTree : IDisposable
{
    private readonly bool _isElsewhere;

    /// <param name="manifest">The experiment.</param>
    /// <param name="files">Where what runs lies.</param>
    /// <param name="master">The address of this machine in a network that is there; null for one of the network between hosts of this machine.</param>
    internal LocalTree(Manifest manifest, RunFolder files, string? master)
    {
        _isElsewhere = master is not null;
        Master = master ?? MasterOf(manifest.Experiment).ToString();
        Key = File.ReadAllText(files.Key);
        Root = new TreeRelay(() => TreeProgram.OfRoot(Master, files.Manifest, files.Path), static (_, _) => { });
    }

    /// <summary>The address that the root listens on.</summary>
    internal string Master { get; }

    /// <summary>The key of the tree's links, in PEM.</summary>
    internal string Key { get; }

    /// <summary>The root's daemon.</summary>
    internal TreeRelay Root { get; }

    /// <summary>Gives this machine the master's address where it has not, and starts the root.</summary>
    internal void Start(Experiment experiment)
    {
        if (!_isElsewhere)
            AddAddress(experiment);
        Root.Start(Key);
    }

    /// <inheritdoc/>
    public void Dispose() => Root.Dispose();

    private static void AddAddress(Experiment experiment)
    {
        using NetworkSetup setup = NetworkSetup.Open();
        setup.AddAddress(PhysicalNetwork.Bridge, MasterOf(experiment).ToIPAddress(), experiment.HostNetwork.PrefixLength);
        setup.Commit();
    }

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
