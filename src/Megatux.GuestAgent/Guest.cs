using System.Text;
using Megatux.Agents;
using Megatux.Equations;
using Megatux.Linux;
using Megatux.Model;
using Megatux.Pushmon;
using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.GuestAgent;

/// <summary>A guest's first process: from its index it computes its name, address and routes, and then serves its channel.</summary>
internal static class Guest
{
    private const string ManifestPath = "/etc/megatux/" + Manifest.FileName;

    internal static int Run(BootWords words, bool isContainer)
    {
        using var first = new FirstProcess();
        if (isContainer)
            OwnCapabilities.Withhold(OwnCapabilities.SystemAdministration);
        else
            FirstProcess.TakeCtrlAltDel();
        (string name, TimeSpan? interval) = SetUp(words);
        OwnName.Take(name, words);
        FirstProcess.RunPrograms();
        using MachineChannel? channel = MachineChannel.TryOpen(words.Channel);
        if (channel is not null)
            Serve(channel, name, interval, first);
        FirstProcess.Say($"{name} is up");
        if (!isContainer)
            ForgetFiles();
        channel?.Send(ChannelKind.Up, name);
        if (words.PowerOff)
            first.Ask(EndOfMachine.PowerOff);
        ConsoleShell? shell = words.Shell ? ConsoleShell.Start() : null;
        EndOfMachine end = first.End.GetAwaiter().GetResult();
        shell?.Dispose();
        if (!isContainer)
            FirstProcess.EndMachine(end);
        return 0;
    }

    // What the programs above read is not needed again; its host can have the memory that it takes.
    private static void ForgetFiles()
    {
        try
        {
            KernelSettings.Write("vm/drop_caches", "1");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Then it keeps it.
        }
    }

    /// <summary>Makes the guest who it is; what cannot be done is said, and the guest goes on: a guest that is up can be looked into.</summary>
    /// <returns>Its name, and how often it says how it is; null for never.</returns>
    private static (string Name, TimeSpan? Interval) SetUp(BootWords words)
    {
        GuestNode? node = null;
        TimeSpan? interval = null;
        try
        {
            Loopback.SetUp();
            if (!File.Exists(ManifestPath))
                return (OwnName.WithoutPlan(words, "guest"), null);
            Manifest manifest = Manifest.Parse(File.ReadAllBytes(ManifestPath), ManifestPath, EquationCompiler.Instance);
            Experiment experiment = manifest.Experiment;
            interval = manifest.Pushmon.Interval;
            node = words.Index is { } index && index < experiment.GuestCount
                ? experiment.Guest(experiment.GuestAt(index).Host, experiment.GuestAt(index).Guest)
                : experiment.Find(words.Node ?? "") as GuestNode;
            if (node is not null)
                Join(words, experiment, node);
        }
        catch (Exception failure) when (failure is MegatuxException or IOException or UnauthorizedAccessException)
        {
            FirstProcess.Say(failure.Message);
        }

        return (node?.Name ?? OwnName.WithoutPlan(words, "guest"), interval);
    }

    private static void Join(BootWords words, Experiment experiment, GuestNode node)
    {
        if (words.Interface is not { } link)
            return;
        using NetworkSetup setup = NetworkSetup.Open();
        CableEnd.Take(setup, link, node.Interface);
        setup.AddAddress(node.Interface, node.Address.ToIPAddress(), node.PrefixLength);
        setup.SetUp(node.Interface);
        foreach (Route route in node.Routes)
            setup.AddRoute(route.Destination.First.ToIPAddress(), route.Destination.PrefixLength, route.Via?.ToIPAddress(), route.Interface);
        setup.Commit();
        ResolverFile.Write(experiment, node.Gateway);
    }

    private static void Serve(MachineChannel channel, string name, TimeSpan? interval, FirstProcess first)
    {
        var codec = new CodecList(XprocMessages.Codec, PushCodec.Instance);
        void Send(TreeMessage message) => MessageParts.Cut(message, codec, RequestNumber.LongestRest, part => channel.Send(ChannelKind.Tree, part));
        var runner = new LeafRunner(Send);
        var joiner = new MessageParts.Joiner(codec, XprocMessages.LongestToNode);
        runner.Start(interval is { } time ? new MonitorLeaf(name, time, new NodeSampler().Take, Send, TimeSpan.Zero) : null);
        var thread = new Thread(() => channel.Receive((kind, payload) =>
        {
            if (kind == ChannelKind.Ping)
                channel.Send(ChannelKind.Pong, payload);
            else if (kind == ChannelKind.Tree && joiner.Add(payload) is { } message)
                runner.Receive(message);
            else if (kind == ChannelKind.Request)
                Answer(channel, payload);
            else if (kind == ChannelKind.Stop)
                first.Ask(payload is [(byte)EndOfMachine.Restart] ? EndOfMachine.Restart : EndOfMachine.PowerOff);
        }))
        {
            IsBackground = true,
        };
        thread.Start();
    }

    private static void Answer(MachineChannel channel, ReadOnlySpan<byte> payload)
    {
        if (!RequestNumber.TrySplit(payload, out uint number, out ReadOnlySpan<byte> text))
            return;
        string request = Encoding.UTF8.GetString(text);
        const string execute = Verbs.Execute + " ";
        if (request.StartsWith(execute, StringComparison.Ordinal))
            ShellCommand.Start(request[execute.Length..], part => channel.Send(ChannelKind.Answer, RequestNumber.Before(number, part)));
        else
            channel.Send(ChannelKind.Answer, RequestNumber.Before(number, default));
    }
}
