using Megatux.Agents;
using Megatux.Hypervisors;
using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>Hosts that are whole machines: they boot kernel and image as those do that boot from the network.</summary>
internal sealed class MachineHosts(Manifest manifest, RunFolder files) : IHostForm
{
    /// <inheritdoc/>
    public IHypervisor Hypervisor { get; } = new Qemu(ProvenKvm.Find(files.HostKernel));

    /// <summary>Each keeps a core busy until it is up.</summary>
    public int MostBooting { get; } = 2 * Environment.ProcessorCount;

    /// <inheritdoc/>
    public MachineSpec Complete(MachineSpec common, HostNode host)
    {
        string initrd = files.InitrdOf(NodeInitrd.FilesOf(manifest, "/", host));
        BridgePorts.AddTaps([(common.Cable!.Outside, common.Cable.Bridge, null)]);
        return common with
        {
            Kernel = files.HostKernel,
            Initrd = initrd,
            MemoryMiB = HostMemory.WithGuestsMiB(manifest.Experiment, File.Exists(initrd) ? new FileInfo(initrd).Length : 0),
        };
    }
}
