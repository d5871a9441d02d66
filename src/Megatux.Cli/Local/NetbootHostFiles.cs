using Megatux.Agents;
using Megatux.Hypervisors;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>What hosts boot that have no disk: a netboot tree, one that is there or one made for them alone.</summary>
internal static class NetbootHostFiles
{
    private const int HttpPort = 80;

    private static readonly (string Program, string Package)[] BootServer = [("dnsmasq", "dnsmasq-base"), ("busybox", "busybox-static")];

    /// <summary>Refuses what cannot boot over a network here.</summary>
    /// <exception cref="MegatuxException">Something is missing, or the experiment or what is to boot of it does not allow it.</exception>
    internal static void Require(Manifest manifest, BootSelection? selection)
    {
        Experiment experiment = manifest.Experiment;
        Qemu.Find($"{experiment.Name} with hosts that boot over a network");
        foreach ((string program, string package) in BootServer)
            if (Programs.Find(program) is null)
                throw new MegatuxException(ErrorCodes.BootServerMissing, $"{program}, which serves hosts that boot over a network, is not on the PATH: install the package {package}.");
        if (!manifest.Xproc.Enabled)
            throw new MegatuxException(ErrorCodes.NotNetbootable, $"{experiment.Name} is built without xproc, by which alone hosts that boot over a network are heard: set UseXproc to true, and build it again.");
        if (manifest.Xproc.Port == HttpPort)
            throw new MegatuxException(ErrorCodes.NotNetbootable, $"Port {HttpPort} of the boot server is in use by the tree's root: set XprocPort to another, and build {experiment.Name} again.");
        if (selection is not null && experiment.GuestsOf(selection.Hosts).Except(selection.Guests) is { IsEmpty: false } others)
            throw new MegatuxException(ErrorCodes.NotNetbootable, $"Hosts that boot over a network start all of their guests, and --only leaves out {others}: name whole hosts.");
    }

    /// <summary>Has the run folder show the tree.</summary>
    /// <param name="manifest">The experiment.</param>
    /// <param name="manifestPath">Its manifest's file.</param>
    /// <param name="tree">The tree; null to make one.</param>
    /// <param name="files">Where what runs lies.</param>
    /// <exception cref="MegatuxException">It is none, or holds another experiment.</exception>
    internal static void Prepare(Manifest manifest, string manifestPath, string? tree, RunFolder files)
    {
        if (tree is null)
        {
            using var made = NetbootTree.Open(files.Netboot, mayCreate: true);
            made.Deploy(manifest, manifestPath, master: null);
            return;
        }

        using (var there = NetbootTree.Open(tree, mayCreate: false))
        {
            int number = there.Booted ?? throw new MegatuxException(ErrorCodes.DeploymentUnknown, $"{there.Folder} has no deployment yet: megatux deploy {manifestPath} --to {there.Folder}");
            RequireSamePlan(manifest, ExperimentFile.Find(there.FolderOf(number)).Load(), there.Folder);
        }

        File.CreateSymbolicLink(files.Netboot, Path.GetFullPath(tree));
    }

    /// <summary>Refuses a deployment that is not of what runs or is to: names and addresses would not be those that it computes.</summary>
    /// <param name="manifest">One of them.</param>
    /// <param name="other">The other.</param>
    /// <param name="where">Where the deployment is, for the message.</param>
    /// <exception cref="MegatuxException">They are of different plans.</exception>
    internal static void RequireSamePlan(Manifest manifest, Manifest other, string where)
    {
        if (manifest.Experiment.Name != other.Experiment.Name || !PlanOf(manifest).AsSpan().SequenceEqual(PlanOf(other)))
            throw new MegatuxException(ErrorCodes.NotNetbootable,
                $"{where} and what is to boot or runs are of different plans ({other.Experiment.Name} and {manifest.Experiment.Name}, their hosts, networks or ports): build the experiment, deploy it, halt it and boot it again.");
    }

    private static byte[] PlanOf(Manifest manifest) => new Manifest { Experiment = manifest.Experiment, Xproc = manifest.Xproc, Members = [] }.ToJson();
}
