namespace Megatux.Agents;

/// <summary>What the hosts of an experiment on one machine are.</summary>
public enum LocalHosts
{
    /// <summary>Containers of their image, under this machine's kernel.</summary>
    Container,

    /// <summary>Whole machines under QEMU, which boot the hosts' kernel and image as real ones do.</summary>
    Qemu,

    /// <summary>Whole machines under QEMU without a disk, which boot over a network of their own what a netboot tree holds.</summary>
    Netboot,
}
