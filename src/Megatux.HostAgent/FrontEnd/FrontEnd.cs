using System.ComponentModel;
using Megatux.Agents;
using Megatux.Equations;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>
/// The hosts of an experiment on one machine. It is the first process of namespaces of its own, so that all that it starts,
/// mounts or plugs ends with it, whatever ends it.
/// </summary>
internal static class FrontEnd
{
    /// <param name="folder">Full path of the run folder.</param>
    /// <param name="hosts">What hosts are.</param>
    /// <param name="images">Full path of the folder that the experiment was built to.</param>
    internal static int Run(string folder, LocalHosts hosts, string images)
    {
        try
        {
            var files = new RunFolder(folder);
            Manifest manifest = Manifest.Parse(File.ReadAllBytes(files.Manifest), files.Manifest, EquationCompiler.Instance);
            using var first = new FirstProcess();
            using var stop = new CancellationTokenSource();
            PhysicalNetwork.SetUp(manifest.Experiment);
            Directory.CreateDirectory(files.Logs);
            BootSelection? selection = File.Exists(files.Only) ? BootSelection.Exactly(manifest.Experiment, NodeSet.Parse(File.ReadAllText(files.Only))) : null;
            if (hosts == LocalHosts.Container)
                HostRoots.Unpack(manifest, images, files);
            IHostForm form = hosts switch
            {
                LocalHosts.Qemu => new MachineHosts(manifest, files),
                LocalHosts.Netboot => new NetworkHosts(manifest, images),
                _ => new ContainerHosts(manifest, files),
            };
            using LocalTree? tree = manifest.Xproc.Enabled ? new LocalTree(manifest, files) : null;
            tree?.Start(manifest.Experiment);
            using var launcher = new HostLauncher(manifest.Experiment, files, form, tree) { Selection = selection };
            using var pool = new NodePool(launcher, files.Logs, selection is null ? null : host => selection.Hosts.Contains(manifest.Experiment.HostName(host)));
            using BootServer? server = hosts == LocalHosts.Netboot ? BootServer.Start(manifest, tree!.Master, files) : null;
            TreeAnswers? treeAnswers = hosts == LocalHosts.Netboot ? new TreeAnswers(manifest.Experiment, files) : null;
            TreeWatch? watch = treeAnswers is null ? null : new TreeWatch(manifest.Experiment, treeAnswers, pool);
            launcher.Launched = watch is null ? null : watch.Launched;
            watch?.Start(stop.Token);
            IHostAnswers answers = treeAnswers is null ? new ChannelAnswers(host => pool[host], launcher.Answers) : treeAnswers;
            using var control = new ControlServer(files.Control, new ControlRequests(manifest.Experiment, pool, launcher, answers, watch, tree, first));
            control.Start();
            var thread = new Thread(() => pool.Run(stop.Token));
            thread.Start();
            first.End.GetAwaiter().GetResult();

            // Guests and hosts need no notice: nothing of theirs outlives this process.
            stop.Cancel();
            thread.Join();
            return 0;
        }
        catch (Exception failure) when (failure is MegatuxException or IOException or UnauthorizedAccessException or Win32Exception)
        {
            FirstProcess.Say(failure is MegatuxException { Problem: { } problem } ? problem.ToString() : failure.Message);
            return 1;
        }
    }
}
