using Megatux.Hypervisors;
using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>What one node boots, and what it boots under.</summary>
/// <param name="Node">The node.</param>
/// <param name="Hypervisor">What runs it.</param>
/// <param name="Kernel">Full path of its kernel.</param>
/// <param name="Files">Full paths of the files that its initramfs is joined from.</param>
/// <param name="HostMemoryMiB">Memory of a host in MiB as planned; null where the plan does not say.</param>
internal sealed record BootImage(Node Node, IHypervisor Hypervisor, string Kernel, IReadOnlyList<string> Files, int? HostMemoryMiB)
{
    /// <summary>Finds out what a node boots.</summary>
    /// <param name="manifest">The experiment.</param>
    /// <param name="manifestPath">Path of the manifest, beside which all other files lie.</param>
    /// <param name="asked">The node's name or an address of it; null for the first guest, or the first host where there are no guests.</param>
    /// <exception cref="MegatuxException">There is no such node, or it has no kernel.</exception>
    internal static BootImage Of(Manifest manifest, string manifestPath, string? asked)
    {
        Experiment experiment = manifest.Experiment;
        Node node = asked is not null ? PlanLookup.FindNode(experiment, asked)
            : experiment.VmsPerHost > 0 ? experiment.Guest(0, 0) : experiment.Host(0);
        ManifestKernel kernel = (node is HostNode ? manifest.HostKernel : manifest.GuestKernel) ?? throw new MegatuxException(
            ErrorCodes.NodeWithoutKernel, WithoutKernel(experiment, node));
        string folder = Path.GetDirectoryName(Path.GetFullPath(manifestPath))!;
        IHypervisor hypervisor = node is GuestNode && experiment.Hypervisor == Model.Hypervisor.Uml ? new Uml() : new Qemu();
        return new BootImage(node, hypervisor, Path.Combine(folder, kernel.File), NodeInitrd.FilesOf(manifest, folder, node),
            experiment.HostMemoryMiB);
    }

    /// <summary>Words of the kernel's command line that tell a node who it is, and to power off once it is up.</summary>
    internal IReadOnlyList<string> CommandLine =>
        [$"megatux.node={Node.Name}", $"megatux.index={(Node is GuestNode guest ? guest.Index : ((HostNode)Node).Rank)}", "megatux.poweroff"];

    /// <summary>
    /// Memory in MiB: a guest's is the plan's. A host runs no guests here, so it gets no more than it needs to come up.
    /// </summary>
    /// <param name="imageLength">Length of the initramfs in bytes.</param>
    internal int MemoryMiB(long imageLength) =>
        Node is GuestNode guest ? guest.MemoryMiB : Math.Min(HostMemoryMiB ?? int.MaxValue, HostMemory.OwnMiB(imageLength));

    private static string WithoutKernel(Experiment experiment, Node node) => node is GuestNode guest
        ? $"{node.Name} is a container, and containers have no kernel to boot: they run under their host's. "
            + $"Boot the host ({guest.Host}) instead, or build the experiment with Hypervisor uml or qemu."
        : $"{experiment.Name} was built without a kernel for its hosts: build it again.";
}
