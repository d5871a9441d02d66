using Megatux.Model;

namespace Megatux.Hypervisors;

/// <summary>QEMU: a whole machine, emulated. The machine is the one that boots from the network too, so that one proves the other.</summary>
public sealed class Qemu : IHypervisor
{
    /// <summary>The emulator.</summary>
    public const string Program = "qemu-system-x86_64";

    /// <summary>Debian's package that has it.</summary>
    public const string Package = "qemu-system-x86";

    /// <summary>What the emulator takes besides the machine's memory, mostly for code that it has translated.</summary>
    public const int OwnMiB = 128;

    /// <summary>
    /// Emulation, which works everywhere. It would take an eighth of the machine's memory for translated code; and it has an
    /// instruction for random numbers, without which kernels wait for seconds until they have some.
    /// </summary>
    private static readonly string[] Emulated = ["-accel", "tcg,tb-size=32", "-cpu", "qemu64,+rdrand"];

    /// <summary>The processor itself.</summary>
    private static readonly string[] ByKvm = ["-accel", "kvm", "-cpu", "host"];

    /// <summary>The channel's device: the first port behind the one that is the bus's console, on the first bus.</summary>
    private const string ChannelDevice = "/dev/vport0p1";

    /// <summary>What the machine's only network card is called by its kernel.</summary>
    private const string Interface = "eth0";

    private readonly bool _usesKvm;

    /// <summary>Machines that are emulated, or run by KVM.</summary>
    /// <param name="kvm">What was found out about KVM; null to emulate.</param>
    public Qemu(KvmProbe? kvm = null) => _usesKvm = kvm?.State == KvmState.Works;

    /// <inheritdoc/>
    public string Name => "qemu";

    /// <summary>Full path of the emulator.</summary>
    /// <param name="what">What needs it, in messages.</param>
    /// <exception cref="MegatuxException">It is not installed.</exception>
    public static string Find(string what) => Programs.Find(Program) ?? throw new MegatuxException(ErrorCodes.HypervisorMissing,
        $"{what} needs {Program}, which is not on the PATH: install the package {Package}.");

    /// <inheritdoc/>
    public Machine Launch(MachineSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        LaunchChecks.RequireMemory(spec, Name, OwnMiB);
        if (!spec.BootsFromNetwork)
        {
            LaunchChecks.RequireFiles(spec);
            BootableKernel.RequireRoom(spec);
        }

        Machine machine = new MachineStart(Find(spec.Name), Arguments(spec, _usesKvm)) { HasMonitor = true }.Run(spec);
        machine.Disks = new QemuDisks(new QemuMonitor(machine.Monitor!), spec.Name).Attach;
        return machine;
    }

    // The console is a socket, so that what people type arrives. What QEMU itself has to say comes there as well.
    internal static List<string> Arguments(MachineSpec spec, bool usesKvm) =>
    [
        "-M", "pc", .. usesKvm ? ByKvm : Emulated, "-m", $"{spec.MemoryMiB}M",
        "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
        "-chardev", $"socket,id=console,fd={MachineStart.OutputNumber}", "-serial", "chardev:console",
        "-chardev", $"socket,id=monitor,fd={MachineStart.MonitorNumber}", "-mon", "chardev=monitor,mode=control",
        .. spec.HasChannel ? (string[])["-chardev", $"socket,id=channel,fd={MachineStart.ChannelNumber}", "-device", "virtio-serial-pci,max_ports=2", "-device", "virtserialport,chardev=channel,nr=1"] : [],
        .. spec.Cable is { } cable ? (string[])["-netdev", $"tap,id=cable,ifname={cable.Outside},script=no,downscript=no", "-device", $"virtio-net-pci,netdev=cable,mac={cable.Mac}{(spec.BootsFromNetwork ? "" : ",romfile=")}"] : [],
        .. spec.BootsFromNetwork ? (string[])["-boot", "n"] : FromFiles(spec),
    ];

    private static IEnumerable<string> FromFiles(MachineSpec spec) =>
    [
        "-kernel", spec.Kernel, .. spec.Initrd.Length > 0 ? (string[])["-initrd", spec.Initrd] : [],
        // A kernel that panics then restarts at once, which with -no-reboot is the machine's end.
        "-append", string.Join(' ', ["console=ttyS0", "panic=-1", "rdinit=/init", "loglevel=6",
            .. spec.HasChannel ? (string[])[$"megatux.channel={ChannelDevice}"] : [], .. spec.Cable is null ? [] : (string[])[$"megatux.interface={Interface}"], .. spec.CommandLine]),
    ];
}
