using Megatux.Model;

namespace Megatux.Hypervisors;

/// <summary>QEMU: a whole machine, emulated. The machine is the one that boots from the network too, so that one proves the other.</summary>
public sealed class Qemu : IHypervisor
{
    private const string Program = "qemu-system-x86_64";
    private const string Package = "qemu-system-x86";

    /// <summary>What the emulator takes besides the machine's memory, mostly for code that it has translated.</summary>
    private const int OwnMiB = 128;

    /// <inheritdoc/>
    public string Name => "qemu";

    /// <inheritdoc/>
    public Machine Launch(MachineSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        LaunchChecks.RequireFiles(spec);
        LaunchChecks.RequireMemory(spec, Name, OwnMiB);
        string program = Programs.Find(Program) ?? throw new MegatuxException(ErrorCodes.HypervisorMissing,
            $"{spec.Name} needs {Program}, which is not on the PATH: install the package {Package}.");
        return new MachineStart(program, Arguments(spec)).Run(spec);
    }

    // Emulation works everywhere. Acceleration does not wherever /dev/kvm is there, so it is not used unproven.
    private static List<string> Arguments(MachineSpec spec) =>
    [
        "-M", "pc", "-accel", "tcg", "-m", $"{spec.MemoryMiB}M", "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
        "-chardev", "stdio,id=console,signal=off", "-serial", "chardev:console", "-kernel", spec.Kernel, "-initrd", spec.Initrd,
        .. spec.HasChannel ? (string[])["-chardev", $"socket,id=channel,fd={MachineStart.ChannelNumber}", "-serial", "chardev:channel"] : [],
        .. spec.Cable is { } cable ? (string[])["-netdev", $"tap,id=cable,ifname={cable.Outside},script=no,downscript=no", "-device", $"virtio-net-pci,netdev=cable,mac={cable.Mac},romfile="] : [],
        // A kernel that panics then restarts at once, which with -no-reboot is the machine's end.
        "-append", string.Join(' ', ["console=ttyS0", "panic=-1", "rdinit=/init", "loglevel=6",
            .. spec.HasChannel ? (string[])["megatux.channel=/dev/ttyS1"] : [], .. spec.Cable is null ? [] : (string[])["megatux.interface=eth0"], .. spec.CommandLine]),
    ];
}
