using System.Net;
using Megatux.Agents;
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
    private const string ManifestPath = "/" + OutputNames.ManifestInImage;
    private const string GuestFolder = "/" + OutputNames.GuestFolder;
    private const string StateFolder = "/run/megatux";
    private const string LogFolder = StateFolder + "/log";

    internal static int Run(BootWords words, bool isContainer)
    {
        using var first = new FirstProcess();
        if (!isContainer)
            FirstProcess.TakeCtrlAltDel();
        using MachineChannel? channel = words.Channel is { } device ? MachineChannel.Open(device) : null;
        using var stop = new CancellationTokenSource();
        string name = OwnName.WithoutPlan(words, "host");
        bool failed = false;
        try
        {
            Loopback.SetUp();
            if (File.Exists(ManifestPath))
            {
                Manifest manifest = Manifest.Parse(File.ReadAllBytes(ManifestPath), ManifestPath);
                HostNode node = HostIdentification.Find(manifest.Experiment, words);
                name = node.Name;
                Start(manifest, node, words, channel, first, stop.Token);
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

    private static void Start(Manifest manifest, HostNode node, BootWords words, MachineChannel? channel, FirstProcess first, CancellationToken stop)
    {
        Experiment experiment = manifest.Experiment;
        if (!HostNetwork.HasInterface(node.Interface))
        {
            // Booted to be looked at, without a network: then there is nothing to plug guests into.
            return;
        }

        HostNetwork.SetUp(node);
        var names = NameServer.Listen(new NameAnswerer(experiment), new IPEndPoint(node.BridgeAddress.ToIPAddress(), NameServer.DefaultPort));
        _ = names.RunAsync(stop);
        IHypervisor hypervisor = HypervisorOf(experiment.Hypervisor);
        if (experiment.Hypervisor != Model.Hypervisor.Container)
            HostNetwork.AddTaps(node);
        Directory.CreateDirectory(LogFolder);
        var files = new GuestFiles(manifest, GuestFolder, StateFolder);
        var launcher = new GuestLauncher(experiment, node, hypervisor, files, StateFolder + "/guests");
        var churn = new Churn(words.Churn ?? new ChurnSetting(experiment.Churn, experiment.ChurnSeed), node.Rank, node.Guests);
        NodeSet? only = words.Only is { } text ? NodeSet.Parse(text) : null;
        var pool = new NodePool(launcher, LogFolder, only is null ? null : guest => only.Contains(experiment.GuestName(node.Rank, guest)), churn);
        new Thread(() => pool.Run(stop)) { IsBackground = true }.Start();
        if (channel is not null)
            Serve(channel, first, new HostRequests(experiment, node, pool, churn, launcher.Answers, channel));
    }

    private static void Serve(MachineChannel channel, FirstProcess first, HostRequests requests) => new Thread(() =>
    {
        channel.Receive((kind, payload) =>
        {
            if (kind == ChannelKind.Ping)
                channel.Send(ChannelKind.Pong, payload);
            else if (kind == ChannelKind.Stop)
                first.Ask(payload is [(byte)EndOfMachine.Restart] ? EndOfMachine.Restart : EndOfMachine.PowerOff);
            else
                requests.Receive(kind, payload);
        });
    })
    {
        IsBackground = true,
    }.Start();

    private static IHypervisor HypervisorOf(Model.Hypervisor hypervisor) => hypervisor switch
    {
        Model.Hypervisor.Uml => new Uml(),
        Model.Hypervisor.Qemu => new Qemu(),
        _ => new Container(),
    };
}
