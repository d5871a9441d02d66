using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Megatux.Agents;
using Megatux.Hypervisors;
using Megatux.Imaging;
using Megatux.Linux;
using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Cli;

/// <summary>Starts an experiment on this machine: lays out what its hosts are made of, and starts the front-end that keeps them.</summary>
internal static class LocalBoot
{
    private const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly string Agent = $"sbin/{OutputNames.Agent(ImageKind.Host)}";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    /// <summary>Starts the experiment; its nodes come up afterwards.</summary>
    /// <param name="manifest">The experiment.</param>
    /// <param name="manifestPath">The manifest's file, beside which the images are.</param>
    /// <param name="hosts">What hosts are.</param>
    /// <param name="selection">The nodes to boot; null for all.</param>
    /// <param name="tree">The netboot tree that hosts boot which do so; null to make one for them.</param>
    /// <param name="address">This machine's address in the network of a cluster's hosts; null to find it.</param>
    /// <exception cref="MegatuxException">It runs already, or cannot be started.</exception>
    internal static RunningExperiment Start(Manifest manifest, string manifestPath, LocalHosts hosts, BootSelection? selection, string? tree = null, string? address = null)
    {
        RunningExperiment running = RunningExperiment.Of(manifest.Experiment.Name);
        if (running.Answers())
            throw new MegatuxException(ErrorCodes.AlreadyRunning, $"{running.Name} runs already: look at it with megatux status, or end it with megatux halt.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(manifestPath))!;
        BootFiles.Require(manifest, folder);
        RunFolderCheck.Require(running.Files);
        LocalHalt.RemoveRemains(running);
        if (hosts == LocalHosts.Netboot)
            NetbootHostFiles.Require(manifest, selection);
        string? master = hosts == LocalHosts.Cluster ? ClusterAddress.Require(manifest, address) : null;
        if (hosts is LocalHosts.Qemu or LocalHosts.Netboot)
        {
            Qemu.Find($"{running.Name} with hosts under QEMU");
            MemoryCheck.RequireForMachines(manifest.Experiment, selection?.Hosts.Count ?? manifest.Experiment.HostCount, MachineHostFiles.MemoryMiB(manifest, folder, selection));
        }
        else if (hosts == LocalHosts.Container)
        {
            MemoryCheck.Require(manifest.Experiment, selection?.Guests.Count ?? manifest.Experiment.GuestCount);
        }

        for (long host = 0; host < manifest.Experiment.HostCount; host++)
            _ = selection?.TextFor(manifest.Experiment, manifest.Experiment.HostName(host));
        try
        {
            MakeFolder(manifestPath, running.Files);
            File.WriteAllText(running.Files.Form, hosts.ToString());
            string agent = UnpackAgent(manifest, folder, running.Files);
            if (hosts == LocalHosts.Qemu)
                MachineHostFiles.Prepare(manifest, folder, running.Files);
            if (hosts == LocalHosts.Netboot)
                NetbootHostFiles.Prepare(manifest, manifestPath, tree, running.Files);
            if (selection is not null)
                File.WriteAllText(running.Files.Only, selection.Nodes.ToString());
            if (manifest.Xproc.Enabled)
                KeepKey(manifest.Experiment, running.Files);
            StartFrontEnd(agent, folder, running, hosts, master);
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
        Directory.CreateDirectory(RunFolder.Parent, OwnersAlone);
        if (FileStatus.Read(RunFolder.Parent).Uid != Users.Own)
            throw new MegatuxException(ErrorCodes.OutputUnwritable, $"{RunFolder.Parent}, where what runs is kept, belongs to somebody else: have it removed, or set XDG_RUNTIME_DIR to a folder of yours.");
        Directory.CreateDirectory(files.Path, OwnersAlone);
        File.Copy(manifestPath, files.Manifest);
        if (Path.Combine(Path.GetDirectoryName(Path.GetFullPath(manifestPath))!, ValidationList.FileName) is var checks && File.Exists(checks))
            File.Copy(checks, files.Validation);
    }

    // The folder is its owner's alone, as the file is.
    private static void KeepKey(Experiment experiment, RunFolder files)
    {
        using ExperimentKey key = ExperimentKey.LoadOrMake(ExperimentKey.PathOf(experiment.Name));
        using var file = new FileStream(files.Key, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        file.Write(Encoding.ASCII.GetBytes(key.Text));
    }

    /// <summary>The front-end is the agent of the image that it launches, so that both are of one version.</summary>
    private static string UnpackAgent(Manifest manifest, string folder, RunFolder files)
    {
        string image = NodeInitrd.FilesOf(manifest, folder, manifest.Experiment.Host(0))[0];
        try
        {
            ImageExtraction.Run(image, files.Agent, [Agent], _ => { });
            return Path.Combine(files.Agent, Agent);
        }
        catch (MegatuxException missing) when (missing.Problem.Code == ErrorCodes.NotInImage)
        {
            throw new MegatuxException(ErrorCodes.BootFileMissing, $"{image} holds no {Agent}: build the experiment again.", inner: missing);
        }
    }

    private static void StartFrontEnd(string agent, string folder, RunningExperiment running, LocalHosts hosts, string? master)
    {
        using var log = new FileStream(running.Files.FrontEndLog, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        ChildProcess frontEnd = ChildProcess.Start(Privileges.InOwnNamespaces(new ChildStart
        {
            Program = agent,
            Arguments = ["front-end", running.Files.Path, hosts.ToString(), folder, .. master is null ? (string[])[] : [master]],
            Descriptors = [((SafeHandle)log.SafeFileHandle, 1), (log.SafeFileHandle, 2)],
            NewSession = true,
            DiesWithParent = false,
        }, ownNetwork: hosts != LocalHosts.Cluster));
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
