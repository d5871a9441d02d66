namespace Megatux.EndToEnd.Tests;

/// <summary>Boots images under QEMU's emulation with Debian's cloud kernel (packages qemu-system-x86, linux-image-cloud-amd64).</summary>
internal static class Qemu
{
    private const string KernelPattern = "vmlinuz-*-cloud-amd64";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    /// <summary>Boots an initramfs until it powers off or restarts and returns what the console showed.</summary>
    public static string Boot(string image, string arguments)
    {
        if (Command.Find("qemu-system-x86_64") is not { } qemu)
        {
            Assert.Skip("qemu-system-x86_64 (package qemu-system-x86) is not installed.");
            return "";
        }

        // After a panic the kernel restarts, which ends the emulation, so that no failure has to wait for the deadline.
        string[] words = ["-M", "pc", "-accel", "tcg", "-m", "128", "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
            "-serial", "stdio", "-kernel", Kernel(), "-initrd", image, "-append", $"console=ttyS0 loglevel=6 panic=-1 rdinit=/init {arguments}"];
        return Command.Run(qemu, words, deadline: Deadline).Succeeded().Output.ReplaceLineEndings("\n");
    }

    /// <summary>Where the kernel's modules lie.</summary>
    public static string ModulesFolder() => Path.Combine("/lib/modules", Path.GetFileName(Kernel())["vmlinuz-".Length..]);

    /// <summary>The newest cloud kernel.</summary>
    public static string Kernel()
    {
        string? kernel = Directory.EnumerateFiles("/boot", KernelPattern).Order(StringComparer.Ordinal).LastOrDefault();
        if (kernel is null)
            Assert.Skip($"No kernel is at /boot/{KernelPattern} (package linux-image-cloud-amd64).");
        return kernel;
    }
}
