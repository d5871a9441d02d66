using Megatux.Model;

namespace Megatux.Hypervisors;

/// <summary>How much memory a host that is a virtual machine gets.</summary>
public static class HostMemory
{
    /// <summary>Memory in MiB in which any host with the built-in base comes up.</summary>
    private const int LeastOwnMiB = 512;

    /// <summary>How many times its image's size a host needs: the image itself, and what it unpacks to.</summary>
    private const int ImageFactor = 8;

    /// <summary>What a container takes besides what its programs do.</summary>
    private const int ContainerMiB = 4;

    private const long BytesInMebibyte = 1 << 20;

    /// <summary>Memory in MiB that a host needs for itself.</summary>
    /// <param name="imageLength">Length of its initramfs in bytes.</param>
    public static int OwnMiB(long imageLength) => (int)Math.Min(int.MaxValue, Math.Max(LeastOwnMiB, imageLength / BytesInMebibyte * ImageFactor));

    /// <summary>Memory in MiB that a guest takes of its host, with what runs it.</summary>
    public static int OfGuestMiB(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return experiment.Hypervisor switch
        {
            Model.Hypervisor.Uml => experiment.VmMemoryMiB + Uml.OwnMiB,
            Model.Hypervisor.Qemu => experiment.VmMemoryMiB + Qemu.OwnMiB,
            _ => ContainerMiB,
        };
    }

    /// <summary>Memory in MiB of a host with all its guests: as the project says, else what it needs.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="imageLength">Length of the host's initramfs in bytes.</param>
    public static int WithGuestsMiB(Experiment experiment, long imageLength)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        decimal needed = OwnMiB(imageLength) + Math.Ceiling(experiment.VmsPerHost * (decimal)OfGuestMiB(experiment) / experiment.MemoryOvercommit);
        return experiment.HostMemoryMiB ?? (int)Math.Min(int.MaxValue, needed);
    }
}
