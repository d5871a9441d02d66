using System.Globalization;
using System.Runtime.InteropServices;
using Megatux.Agents;
using Megatux.Hypervisors;
using Megatux.Imaging;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Starts an experiment on this machine: unpacks what its hosts are made of, and starts the front-end that keeps them.</summary>
internal static class LocalBoot
{
    private static readonly string Agent = $"sbin/{OutputNames.Agent(ImageKind.Host)}";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    /// <summary>Starts the experiment; its nodes come up afterwards.</summary>
    /// <param name="manifest">The experiment.</param>
    /// <param name="manifestPath">The manifest's file, beside which the images are.</param>
    /// <param name="selection">The nodes to boot; null for all.</param>
    /// <exception cref="MegatuxException">It runs already, or cannot be started.</exception>
    /// <param name="hosts">What hosts are.</param>
    internal static RunningExperiment Start(Manifest manifest, string manifestPath, LocalHosts hosts, BootSelection? selection)
    {
        RunningExperiment running = RunningExperiment.Of(manifest.Experiment.Name);
        if (running.Answers())
            throw new MegatuxException(ErrorCodes.AlreadyRunning, $"{running.Name} runs already: look at it with megatux status, or end it with megatux halt.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(manifestPath))!;
        BootFiles.Require(manifest, folder);
        RunFolderCheck.Require(running.Files);
        LocalHalt.RemoveRemains(running);
        if (hosts == LocalHosts.Qemu)
        {
            Qemu.Find($"{running.Name} with hosts under QEMU");
            MemoryCheck.RequireForMachines(manifest.Experiment, selection?.Hosts.Count ?? manifest.Experiment.HostCount, MachineHostFiles.MemoryMiB(manifest, folder, selection));
        }
        else
        {
            MemoryCheck.Require(manifest.Experiment, selection?.Guests.Count ?? manifest.Experiment.GuestCount);
        }

        for (long host = 0; host < manifest.Experiment.HostCount; host++)
            _ = selection?.TextFor(manifest.Experiment, manifest.Experiment.HostName(host));
        try
        {
            MakeFolder(manifestPath, running.Files);
            if (hosts == LocalHosts.Qemu)
                MachineHostFiles.Prepare(manifest, folder, running.Files, Agent);
            else
                Unpack(manifest, folder, running.Files);
            if (selection is not null)
                File.WriteAllText(running.Files.Only, selection.Nodes.ToString());
            StartFrontEnd(manifest, running, hosts);
            return running;
        }
        catch
        {
            LocalHalt.RemoveRemains(running);
            throw;
        }
    }

    private static void MakeFolder(string manifestPath, RunFolder files)
    {
        Directory.CreateDirectory(files.Path);
        File.SetUnixFileMode(files.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Copy(manifestPath, files.Manifest);
    }

    private static void Unpack(Manifest manifest, string folder, RunFolder files)
    {
        for (long host = 0; host < manifest.Experiment.HostCount; host++)
            Unpack(NodeInitrd.FilesOf(manifest, folder, manifest.Experiment.Host(host)), files);
    }

    // Most hosts get the same files, and then share what these are unpacked to.
    private static void Unpack(IReadOnlyList<string> parts, RunFolder files)
    {
        string root = files.RootOf(parts);
        if (Directory.Exists(root))
            return;
        string image = parts[0];
        if (parts.Count > 1)
        {
            image = root + ".img";
            Directory.CreateDirectory(Path.GetDirectoryName(root)!);
            using FileStream output = File.Create(image);
            NodeInitrd.JoinAsync(parts, output, CancellationToken.None).GetAwaiter().GetResult();
        }

        ImageExtraction.Run(image, root, [], _ => { });
        if (parts.Count > 1)
            File.Delete(image);
    }

    private static void StartFrontEnd(Manifest manifest, RunningExperiment running, LocalHosts hosts)
    {
        string agent = Path.Combine(running.Files.RootOf(NodeInitrd.FilesOf(manifest, "/", manifest.Experiment.Host(0))), Agent);
        if (!File.Exists(agent))
            throw new MegatuxException(ErrorCodes.BootFileMissing, $"{manifest.Experiment.Name}'s host image holds no {Agent}: build the experiment again.");
        using var log = new FileStream(running.Files.FrontEndLog, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

        // Namespaces of its own, whose end takes all that is in them: processes, networks, mounts.
        ChildProcess frontEnd = ChildProcess.Start(new ChildStart
        {
            Program = agent,
            Arguments = ["front-end", running.Files.Path, hosts.ToString()],
            Descriptors = [((SafeHandle)log.SafeFileHandle, 1), (log.SafeFileHandle, 2)],
            NewSession = true,
            DiesWithParent = false,
            Container = new ContainerSpec { Namespaces = Namespaces.Mount | Namespaces.Ipc | Namespaces.Process | Namespaces.Network },
        });
        File.WriteAllText(running.Files.Pid, ProcessIdentity.Of(frontEnd.Pid)?.ToString());
        if (ComesUp(running, frontEnd))
            return;
        frontEnd.Dispose();
        throw new MegatuxException(ErrorCodes.FrontEndEnded, $"The front-end of {running.Name} did not start: {LastWords(running)}");
    }

    private static bool ComesUp(RunningExperiment running, ChildProcess frontEnd)
    {
        long until = Environment.TickCount64 + (long)StartLimit.TotalMilliseconds;
        while (!running.Answers())
        {
            if (frontEnd.Exit.IsCompleted || Environment.TickCount64 > until)
                return false;
            Thread.Sleep(5);
        }

        return true;
    }

    private static string LastWords(RunningExperiment running)
    {
        using var reader = new StreamReader(new FileStream(running.Files.FrontEndLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return ConsoleText.Printable(reader.ReadToEnd().Trim().ReplaceLineEndings("; "));
    }
}
