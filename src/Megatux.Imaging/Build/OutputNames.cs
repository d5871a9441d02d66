using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>What outputs are called. Agents, the command line and boot servers find them by these names.</summary>
public static class OutputNames
{
    /// <summary>The kernel that hosts boot.</summary>
    public const string HostKernel = "vmlinuz-host";

    /// <summary>The script that iPXE runs on hosts.</summary>
    public const string BootScript = "boot.ipxe";

    /// <summary>DHCP, TFTP and PXE for hosts.</summary>
    public const string Dnsmasq = "dnsmasq.conf";

    /// <summary>Where xproc's master listens, and which addresses are nodes.</summary>
    public const string Xproc = "xproc.conf";

    /// <summary>The folder of members that only some nodes get.</summary>
    public const string MembersFolder = "members";

    /// <summary>Where a host image holds what its guests boot from.</summary>
    public const string GuestFolder = "megatux/guest";

    /// <summary>Where the SDK holds the agents.</summary>
    internal const string AgentsInSdk = "tools/agents";

    /// <summary>What runs in an image, in its sbin.</summary>
    public static string Agent(ImageKind image) => image == ImageKind.Host ? "megatuxd" : "megatux-guest";

    /// <summary>The member that holds the agent.</summary>
    public static string InitMember(ImageKind image) => $"{image.ToString().ToLowerInvariant()}-init";

    /// <summary>Where both images hold the manifest.</summary>
    public const string ManifestInImage = "etc/megatux/" + Manifest.FileName;

    /// <summary>In a netboot tree, the member that holds the key of the tree that hosts form: not a part of any image.</summary>
    public const string KeyMember = "key.img";

    /// <summary>Where that member holds it.</summary>
    public const string KeyInImage = "etc/megatux/key.pem";

    /// <summary>The kernel that guests boot: a program of the host (uml) or a bootable file (qemu).</summary>
    public static string GuestKernel(Hypervisor hypervisor) => hypervisor == Hypervisor.Uml ? "linux-guest" : "vmlinuz-guest";

    /// <summary>The image that all hosts, or all guests, boot.</summary>
    public static string Image(ImageKind image) => $"initramfs-{image.ToString().ToLowerInvariant()}.img";
}
