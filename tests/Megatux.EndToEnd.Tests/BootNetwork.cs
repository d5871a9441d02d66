namespace Megatux.EndToEnd.Tests;

/// <summary>
/// A network namespace with a boot server at 10.77.0.1 and a tap for one machine (packages dnsmasq-base, iproute2,
/// qemu-system-x86). The end of the script that a test runs in there ends all that it started.
/// </summary>
internal static class BootNetwork
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    /// <summary>QEMU's arguments for a machine whose console is its output.</summary>
    internal const string Machine = "-M pc -accel tcg -nodefaults -no-user-config -display none -no-reboot -serial stdio -netdev tap,id=net,ifname=eth0,script=no,downscript=no";

    /// <summary>More of them for a machine that boots from its network by the firmware of its card, which is iPXE; of the card, more follows.</summary>
    internal const string ByIpxe = "-boot n -device virtio-net-pci";

    /// <summary>The same by UEFI, which has PXE of its own and knows nothing of iPXE (package ovmf).</summary>
    internal const string ByUefi = $"-bios {Uefi} -device virtio-net-pci,romfile=,bootindex=1";

    private const string Uefi = "/usr/share/ovmf/OVMF.fd", IpxeOfUefi = "/usr/lib/ipxe/ipxe.efi";

    /// <summary>The boot server.</summary>
    internal static string Dnsmasq { get; } = Command.Find("dnsmasq") ?? "";

    /// <summary>The emulator.</summary>
    internal static string Emulator { get; } = Command.Find("qemu-system-x86_64") ?? "";

    /// <summary>Skips a test that cannot be run here.</summary>
    internal static void Require()
    {
        if (Environment.UserName != "root")
            Assert.Skip("Network namespaces with tap devices need root.");
        if (Dnsmasq.Length == 0 || Emulator.Length == 0)
            Assert.Skip("dnsmasq (package dnsmasq-base) or qemu-system-x86_64 (package qemu-system-x86) is not installed.");
    }

    /// <summary>Skips a test of UEFI that cannot be run here.</summary>
    internal static void RequireUefi()
    {
        if (!File.Exists(Uefi) || !File.Exists(IpxeOfUefi))
            Assert.Skip($"{Uefi} (package ovmf) or {IpxeOfUefi} (package ipxe) is not installed.");
    }

    /// <summary>Runs a shell script in there.</summary>
    /// <param name="folder">Where the script and what dnsmasq writes lie.</param>
    /// <param name="script">The script; $dnsmasq is the boot server with what all tests tell it.</param>
    internal static CommandResult Run(TempFolder folder, string script)
    {
        string path = folder.Write("script", $"""
            set -e
            ip link set lo up
            ip tuntap add eth0 mode tap
            ip addr add 10.77.0.1/24 dev eth0
            ip link set eth0 up
            dnsmasq="{Dnsmasq} --keep-in-foreground --user=root --dhcp-leasefile={folder["leases"]} --pid-file= --log-facility=-"
            {script}
            """);
        return Command.Run("unshare", ["--net", "--mount", "--pid", "--fork", "--kill-child", "sh", path], deadline: Deadline);
    }
}
