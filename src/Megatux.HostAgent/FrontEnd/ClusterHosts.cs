using Megatux.Hypervisors;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>Hosts that are machines somewhere else: whoever has their switches starts them, and none is started from here.</summary>
internal sealed class ClusterHosts : IHostForm
{
    /// <inheritdoc/>
    public IHypervisor Hypervisor => throw NotHere("");

    /// <inheritdoc/>
    public int MostBooting => 1;

    /// <inheritdoc/>
    public MachineSpec Complete(MachineSpec common, HostNode host) => throw NotHere(host?.Name ?? "");

    private static MegatuxException NotHere(string host) => new(ErrorCodes.MachineNotStarted, $"{host} is a machine of its own: switch it on where it is.");
}
