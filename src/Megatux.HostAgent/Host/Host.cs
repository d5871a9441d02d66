using System.Net;
using System.Text;
using Megatux.Agents;
using Megatux.Equations;
using Megatux.Hypervisors;
using Megatux.Imaging;
using Megatux.Linux;
using Megatux.Model;
using Megatux.Names;

namespace Megatux.HostAgent;

/// <summary>
/// A host's first process. It finds out which host it is, computes everything else, runs the guests and answers for them
/// on its channel.
/// </summary>
internal static class Host
{
    /// <summary>Where a host keeps what it makes for its guests and knows of itself, in memory.</summary>
    internal const string StateFolder = "/run/megatux";

    private const string ManifestPath = "/" + OutputNames.ManifestInImage;
    private const string KeyPath = "/" + OutputNames.KeyInImage;
    private const string GuestFolder = "/" + OutputNames.GuestFolder;
    private const string LogFolder = StateFolder + "/log";

    internal static int Run(BootWords words, bool isContainer)
    {
        using var first = new FirstProcess();
        if (!isContainer)
        {
            FirstProcess.TakeCtrlAltDel();
            BridgePorts.LetOwnersAttach();
            BridgePorts.MakeRoomForNeighbours();
        }

        using MachineChannel? channel = MachineChannel.TryOpen(words.Channel);
        using var stop = new CancellationTokenSource();
        string name = OwnName.WithoutPlan(words, "host");
        bool failed = false;
        try
        {
            Loopback.SetUp();
            if (File.Exists(ManifestPath))
            {
                Manifest manifest = Manifest.Parse(File.ReadAllBytes(ManifestPath), ManifestPath, EquationCompiler.Instance);
                if (Identify(manifest.Experiment, words, first.End) is var (node, lease))
                {
                    name = node.Name;
                    Start(manifest, node, words, lease, channel, first, stop.Token);
                }
            }
        }
        catch (Exception failure) when (failure is MegatuxException or IOException or UnauthorizedAccessException)
        {
            FirstProcess.Say(failure.Message);
            channel?.Send(ChannelKind.Failed, failure.Message);
            failed = true;
        }

        OwnName.Take(name, words);
        FirstProcess.RunPrograms();

        // One that failed stays, to be looked into, unless whoever launched it ends it.
        FirstProcess.Say($"{name} {(failed ? "has failed" : "is up")}");
        if (!failed)
            channel?.Send(ChannelKind.Up, name);
        if (words.PowerOff)
            first.Ask(EndOfMachine.PowerOff);
        using ConsoleShell? shell = words.Shell ? ConsoleShell.Start() : null;
        EndOfMachine end = first.End.GetAwaiter().GetResult();
        stop.Cancel();
        if (!isContainer)
            FirstProcess.EndMachine(end);
        return 0;
    }

    /// <summary>Which host this is, and the lease if it took one to know; null if the machine is to end before that is known.</summary>
    private static (HostNode Node, DhcpLease? Lease)? Identify(Experiment experiment, BootWords words, Task end)
    {
        if (HostIdentification.IsTold(experiment, words))
            return (HostIdentification.Find(experiment, words), null);

        DhcpClient.Start(experiment);
        return DhcpClient.Await(end) is { } lease ? (HostIdentification.Find(experiment, lease), lease) : null;
    }

    private static void Start(
        Manifest manifest, HostNode node, BootWords words, DhcpLease? lease, MachineChannel? channel, FirstProcess first, CancellationToken stop)
    {
        Experiment experiment = manifest.Experiment;
        if (words.Interface is null && !HostNetwork.HasInterface(node.Interface))
        {
            // Booted to be looked at, without a network: then there is nothing to plug guests into.
            return;
        }

        HostNetwork.SetUp(node, words.Interface ?? node.Interface, experiment.HostNetwork);
        if (lease is not null)
            HostNetwork.AddLeased(experiment, node, lease);
        var names = NameServer.Listen(new NameAnswerer(experiment), new IPEndPoint(node.BridgeAddress.ToIPAddress(), NameServer.DefaultPort));
        _ = names.RunAsync(stop);
        var files = new GuestFiles(manifest, GuestFolder, StateFolder);
        IHypervisor hypervisor = HypervisorOf(experiment.Hypervisor, files);
        if (experiment.Hypervisor != Model.Hypervisor.Container)
            HostNetwork.AddTaps(node, guest => GuestUsers.Of(experiment, experiment.Guest(node.Rank, guest)));
        Directory.CreateDirectory(LogFolder);
        NodePool? guests = null;
        OwnLeaf? own = null;
        GuestLauncher? launcher = null;
        var programs = new ProgramGiver(new ProgramFiles(StateFolder + "/programs"));
        var tree = new TreeRelay(() => TreeProgram.OfHost(node, words.Master!, ManifestPath), (number, part) =>
        {
            if (number == TreeRelay.Own)
                own?.Receive(part);
            else if (number < node.Guests)
                guests?[(int)number]?.SendLater(ChannelKind.Tree, part);
        }, (number, bundle) => number == TreeRelay.Own ? programs.GiveHostAsync(bundle) : launcher!.GiveAsync((int)number, guests?[(int)number], bundle));
        own = new OwnLeaf(node.Name, manifest.Pushmon.Interval, tree);
        tree.Changed(TreeRelay.Own, NodeState.Up);
        launcher = new GuestLauncher(experiment, node, hypervisor, files, StateFolder + "/guests", tree, programs);
        var churn = new Churn(words.Churn ?? new ChurnSetting(experiment.Churn, experiment.ChurnSeed), node.Rank, node.Guests);
        NodeSet? only = words.Only is { } text ? NodeSet.Parse(text) : null;
        var pool = new NodePool(launcher, LogFolder, only is null ? null : guest => only.Contains(experiment.GuestName(node.Rank, guest)), churn);
        guests = pool;
        new Thread(() => pool.Run(stop)) { IsBackground = true }.Start();
        HostRequests Answerer(MachineChannel asker) => new(experiment, node, pool, churn, launcher.Answers, tree, asker);
        if (channel is not null)
        {
            Serve(channel, first, Answerer(channel), words.Master is null ? null : tree);
        }
        else if (TakeKey() is { } key && words.Master is not null)
        {
            HostSocket.Listen(first, Answerer);
            tree.Start(key);
        }
    }

    /// <summary>The key that came with the image from a boot server; it is on no disk from now on. Null if none did.</summary>
    private static string? TakeKey()
    {
        if (!File.Exists(KeyPath))
            return null;
        string key = File.ReadAllText(KeyPath);
        File.Delete(KeyPath);
        return key;
    }

    private static void Serve(MachineChannel channel, FirstProcess first, HostRequests requests, TreeRelay? tree) => new Thread(() =>
    {
        channel.Receive((kind, payload) =>
        {
            if (kind == ChannelKind.Ping)
                channel.Send(ChannelKind.Pong, payload);
            else if (kind == ChannelKind.Key)
                tree?.Start(Encoding.ASCII.GetString(payload));
            else if (kind == ChannelKind.Stop)
                first.Ask(payload is [(byte)EndOfMachine.Restart] ? EndOfMachine.Restart : EndOfMachine.PowerOff);
            else
                requests.Receive(kind, payload);
        });
    })
    {
        IsBackground = true,
    }.Start();

    private static IHypervisor HypervisorOf(Model.Hypervisor hypervisor, GuestFiles files) => hypervisor switch
    {
        Model.Hypervisor.Uml => new Uml(),
        Model.Hypervisor.Qemu => new Qemu(ProvenKvm.Find(files.Kernel)),
        _ => new Container(),
    };
}
