using Megatux.Hypervisors;
using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>
/// Hosts that are whole machines without a disk: they boot over the network what a netboot tree holds, and are told nothing else, as
/// those of a real cluster. Whoever launches them hears from them by the tree that they form.
/// </summary>
/// <param name="manifest">The experiment.</param>
/// <param name="images">Full path of the folder that the experiment was built to.</param>
internal sealed class NetworkHosts(Manifest manifest, string images) : IHostForm
{
    /// <inheritdoc/>
    public IHypervisor Hypervisor { get; } = new Qemu(ProvenKvm.Find(Path.Combine(images, manifest.HostKernel?.File ?? "")));

    /// <summary>Each keeps a core busy until it is up.</summary>
    public int MostBooting { get; } = 2 * Environment.ProcessorCount;

    /// <inheritdoc/>
    public MachineSpec Complete(MachineSpec common, HostNode host)
    {
        BridgePorts.AddTaps([(common.Cable!.Outside, common.Cable.Bridge, null)]);
        long image = NodeInitrd.FilesOf(manifest, images, host).Where(File.Exists).Sum(file => new FileInfo(file).Length);
        return common with { BootsFromNetwork = true, HasChannel = false, CommandLine = [], MemoryMiB = HostMemory.WithGuestsMiB(manifest.Experiment, image) };
    }
}
