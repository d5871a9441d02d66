using Megatux.Agents;
using Megatux.Hypervisors;
using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>Hosts that are containers: their root shows the files of their image, unpacked once for all that boot the same.</summary>
internal sealed class ContainerHosts(Manifest manifest, RunFolder files) : IHostForm
{
    private const string Root = "/";

    private static readonly string Agent = $"/sbin/{OutputNames.Agent(ImageKind.Host)}";

    // Once for all hosts: where KVM hangs, each of them would keep a core busy to find that out. Those that do not get the
    // device need not look.
    private readonly bool _usesKvm = manifest.Experiment.Hypervisor == Model.Hypervisor.Qemu
        && ProvenKvm.Find(GuestKernel(manifest, files)).State == KvmState.Works;

    /// <inheritdoc/>
    public IHypervisor Hypervisor { get; } = new Container();

    /// <inheritdoc/>
    public int MostBooting { get; } = 4 * Environment.ProcessorCount;

    /// <inheritdoc/>
    public MachineSpec Complete(MachineSpec common, HostNode host) => common with
    {
        Roots = [RootOf(host)],
        Program = Agent,
        MemoryMiB = manifest.Experiment.HostMemoryMiB ?? 0,
        HostsMachines = true,
        UsesKvm = _usesKvm,
    };

    private static string GuestKernel(Manifest manifest, RunFolder files) => Path.Combine(
        files.RootOf(NodeInitrd.FilesOf(manifest, Root, manifest.Experiment.Host(0))), OutputNames.GuestFolder, OutputNames.GuestKernel(Model.Hypervisor.Qemu));

    private string RootOf(HostNode host) => files.RootOf(NodeInitrd.FilesOf(manifest, Root, host));
}
