namespace Megatux.Model;

/// <summary>What runs the guests of a host.</summary>
public enum Hypervisor
{
    /// <summary>User-mode Linux: a kernel as a process.</summary>
    Uml,

    /// <summary>QEMU: a full machine, with KVM where that works.</summary>
    Qemu,

    /// <summary>Namespaces under the host's own kernel.</summary>
    Container,
}
