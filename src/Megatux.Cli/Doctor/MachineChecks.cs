using Megatux.Imaging;

namespace Megatux.Cli;

/// <summary>All that is found out about a machine, in the order in which it is told.</summary>
internal static class MachineChecks
{
    /// <summary>The checks. What is required, hosts and guests that are containers need: more is not needed to boot.</summary>
    internal static IEnumerable<Check> All(IMachineFacts machine, KernelCatalog catalog) =>
    [
        new Check("kernel", true, () => KernelChecks.Kernel(machine)),
        new Check("root", true, () => PrivilegeChecks.Root(machine)),
        new Check("user-namespaces", false, () => PrivilegeChecks.UserNamespaces(machine)),
        new Check("namespaces", true, () => PrivilegeChecks.NamespaceKinds(machine)),
        new Check("overlay", true, () => KernelChecks.Overlay(machine)),
        new Check("bridge", true, () => NetworkChecks.Bridge(machine)),
        new Check("veth", true, () => NetworkChecks.Veth(machine)),
        new Check("tap", false, () => NetworkChecks.Tap(machine)),
        new Check("memory", true, () => MemoryChecks.Memory(machine)),
        new Check("shared-memory", false, () => MemoryChecks.SharedMemory(machine)),
        new Check("processes", false, () => LimitChecks.Processes(machine)),
        new Check("files", false, () => LimitChecks.Descriptors(machine)),
        new Check("neighbours", false, () => LimitChecks.Neighbours(machine)),
        new Check("cgroups", false, () => KernelChecks.ControlGroups(machine)),
        new Check("uml", false, () => HypervisorChecks.Uml(machine)),
        new Check("qemu", false, () => HypervisorChecks.Qemu(machine)),
        new Check("kvm", false, () => HypervisorChecks.Kvm(machine, catalog)),
        new Check("host-kernel", false, () => HypervisorChecks.HostKernel(catalog)),
        new Check("busybox", false, () => HypervisorChecks.Busybox(() => BusyboxBase.Read(null, CancellationToken.None).Count)),
    ];
}
