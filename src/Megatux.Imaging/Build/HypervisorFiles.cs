using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>What a host needs to run its guests: the hypervisor with its libraries and data.</summary>
internal static class HypervisorFiles
{
    private const string QemuProgram = "/usr/bin/qemu-system-x86_64";

    /// <summary>QEMU loads its accelerator by name when it starts.</summary>
    private const string QemuEmulator = "/usr/lib/x86_64-linux-gnu/qemu/accel-tcg-x86_64.so";

    /// <summary>What QEMU's machines "pc" and "microvm" load by name when they start, and no linker knows of.</summary>
    private static readonly string[] QemuData =
    [
        "/usr/share/seabios/bios-256k.bin", "/usr/share/seabios/bios-microvm.bin", "/usr/share/qemu/linuxboot_dma.bin",
        "/usr/share/qemu/pvh.bin", "/usr/share/qemu/kvmvapic.bin", "/usr/share/qemu/qboot.rom",
    ];

    internal static IEnumerable<ClosureProgram> Programs(Hypervisor hypervisor, Kernels kernels) => hypervisor switch
    {
        Hypervisor.Uml => [new ClosureProgram(kernels.Guest!.Path, $"{OutputNames.GuestFolder}/{OutputNames.GuestKernel(hypervisor)}", "GuestKernel")],
        Hypervisor.Qemu => File.Exists(QemuEmulator)
            ? [new ClosureProgram(QemuProgram, Subject: "Hypervisor"), new ClosureProgram(QemuEmulator, Subject: "Hypervisor")]
            : [new ClosureProgram(QemuProgram, Subject: "Hypervisor")],
        _ => [],
    };

    internal static IEnumerable<ImageEntry> Data(Hypervisor hypervisor, Action<string> looked)
    {
        if (hypervisor != Hypervisor.Qemu)
            yield break;
        foreach (string file in QemuData)
        {
            looked(file);
            if (File.Exists(file))
                yield return new ImageEntry
                {
                    Path = file[1..], Kind = EntryKind.File, Mode = Modes.File, Content = new FileContent(file, new FileInfo(file).Length), Origin = file,
                };
        }
    }
}
