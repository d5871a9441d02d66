using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Megatux.Agents;
using Megatux.Equations;
using Megatux.Model;
using Megatux.Pushmon;
using Megatux.Tree;
using Megatux.Xproc;
using Microsoft.Win32.SafeHandles;

namespace Megatux.HostAgent;

/// <summary>
/// The tree's daemon, a process beside the launcher of its host or of the front-end, which it talks to by a pipe: either may
/// fail without the nodes noticing.
/// </summary>
internal static class TreeProgram
{
    /// <summary>The word that a daemon's arguments begin with.</summary>
    internal const string Word = "tree";

    private const string RootWord = "root";

    /// <summary>The words for the daemon of a host.</summary>
    internal static IReadOnlyList<string> OfHost(HostNode host, string master, string manifest) => [Word, host.Name, master, manifest];

    /// <summary>The words for the root.</summary>
    /// <param name="master">Its address.</param>
    /// <param name="manifest">Full path of the manifest.</param>
    /// <param name="folder">Full path of the run folder.</param>
    internal static IReadOnlyList<string> OfRoot(string master, string manifest, string folder) => [Word, RootWord, master, manifest, folder];

    internal static int Run(string[] words)
    {
        try
        {
            return Run(words[1], IPAddress.Parse(words[2]), Manifest.Parse(File.ReadAllBytes(words[3]), words[3], EquationCompiler.Instance), words.ElementAtOrDefault(4));
        }
        catch (Exception failure) when (failure is MegatuxException or IOException or UnauthorizedAccessException or SocketException)
        {
            FirstProcess.Say($"the tree's daemon: {failure.Message}");
            return 1;
        }
    }

    private static int Run(string name, IPAddress master, Manifest manifest, string? folder)
    {
        Experiment experiment = manifest.Experiment;
        var host = experiment.Find(name) as HostNode;
        using var pipe = new MachineChannel(new FileStream(new SafeFileHandle(TreeRelay.PipeNumber, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0));
        using ExperimentKey key = ExperimentKey.FromText(Environment.GetEnvironmentVariable(TreeRelay.KeyVariable) ?? "", "what its launcher gave it");
        int port = manifest.Xproc.Port;
        IPEndPoint AddressOf(long rank) => new(rank == TreeDaemon.Root ? master : experiment.HostAddress(rank).ToIPAddress(), port);
        NodeSet NameOf(uint node) => NodeSet.Parse(host is null ? experiment.HostName(node) : node == TreeRelay.Own ? host.Name : experiment.GuestName(host.Rank, (int)node));
        long NumberOf(uint node) => host is null || node == TreeRelay.Own ? experiment.GuestCount + (host?.Rank ?? node) : experiment.GuestIndex(host.Rank, (int)node);
        if (host is not null)
        {
            using var kept = new BlobStore(ProgramFiles.Kept, ProgramFiles.MostKept);
            using var daemon = new TreeShell(host.Rank, experiment.HostCount, key, AddressOf, NameOf, pipe, kept, listener: null, NumberOf, manifest.Pushmon.Interval);
            return Run(daemon, key, Bind(AddressOf(host.Rank), host.Interface), name);
        }

        var files = new RunFolder(folder!);
        using JobStore store = JobStore.Open(files.Jobs);
        JobServer? server = null;
        MonitorServer? reports = null;
        using var programs = new BlobStore(files.Programs, ProgramFiles.MostKept);
        using var root = new TreeShell(TreeDaemon.Root, experiment.HostCount, key, AddressOf, NameOf, pipe, programs, shell =>
            server = new JobServer(store, programs, () => shell.Daemon.Members, () => shell.Now, shell.Post), NumberOf, manifest.Pushmon.Interval, (push, _) => reports!.Reported(push));
        if (manifest.Pushmon.Interval is { } interval)
            reports = new MonitorServer(experiment, files.Mon, files.Reductions, interval, (raw, reductions) => root.Post(() => root.Monitor!.Configure(raw, reductions)));
        using (reports)
        using (server)
        {
            // What was started before this root, nodes know; what clients ask first, they are told when the tree has formed.
            server!.Resume(root.Jobs!);
            root.Jobs!.Use(root.Router, root.Now);
            server.Listen(files.Xproc);
            reports?.Listen();
            return Run(root, key, Bind(AddressOf(TreeDaemon.Root), device: null), name);
        }
    }

    private static int Run(TreeShell shell, ExperimentKey key, Socket socket, string name)
    {
        using (socket)
        {
            TlsListener.Start(socket, key, shell.Accept, refused => FirstProcess.Say($"{name}: {refused}"));
            shell.Run(default);
            return 0;
        }
    }

    // Guests cannot even knock: what comes by the bridge is no concern of this socket's.
    private static Socket Bind(IPEndPoint address, string? device)
    {
        const int socketLevel = 1, bindToDevice = 25; // include/uapi/asm-generic/socket.h
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        if (device is not null)
            socket.SetRawSocketOption(socketLevel, bindToDevice, Encoding.ASCII.GetBytes(device));
        socket.Bind(address);
        return socket;
    }
}
