using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Hypervisors;

/// <summary>User Mode Linux: a kernel that is a program.</summary>
public sealed class Uml : IHypervisor
{
    /// <summary>Memory in MiB that the kernel's processes take besides the machine's.</summary>
    public const int OwnMiB = 4;

    /// <summary>
    /// Initializers that no guest needs. The first two measure for a second; the next take memory; the last makes 64 serial
    /// lines: see <see cref="FewDevices"/>.
    /// </summary>
    private const string Skipped = "raid6_select_algo,calibrate_xor_blocks,init_zswap,init_btrfs_fs,init_xfs_fs,init_jfs_fs,ssl_init";

    /// <summary>
    /// No terminals of the old kind, of which there would be 512. The kernel starts a process for each device it makes
    /// (CONFIG_UEVENT_HELPER); on a busy machine hundreds of these were still waiting when init began, and took up the threads
    /// and the memory of one in ten machines of 32 MiB, which then died of "can't fork" or "deadlocked on memory".
    /// </summary>
    private const string FewDevices = "pty.legacy_count=0";

    /// <summary>
    /// Turns of the kernel's delay loop in a hundredth of a second: measuring them takes a tenth of a second of a processor,
    /// and nothing in this kernel waits by them. As many as a processor of 4 GHz has.
    /// </summary>
    private const string DelayLoop = "lpj=20000000";

    /// <summary>
    /// The folder of this machine that the guest may mount: none. Without this word its root can mount any, as whoever runs
    /// the kernel (arch/um, hostfs).
    /// </summary>
    private const string SharedFolder = "hostfs=/nonexistent";

    /// <summary>
    /// A machine that restarts ends: otherwise its kernel would begin again by itself, and one that does so all the time would
    /// keep a core busy without that anybody notices.
    /// </summary>
    private const string EndsOnRestart = "noreboot";

    /// <summary>The file of the blocks of the root that the machine has changed, which is sparse.</summary>
    private const string OwnBlocks = "root.cow";

    /// <summary>The only interface, by the name of its driver's devices.</summary>
    private const string Interface = "vec0";

    /// <summary>Packets that the interface's queues hold.</summary>
    private const int QueueDepth = 64;

    /// <summary>
    /// The most bytes that may wait in the terminal line that is the channel. It holds 4096, and stops its driver when there is no
    /// room for 128 more (drivers/tty/n_tty.c); once stopped, this driver is never told of input again (arch/um/drivers/line.c).
    /// </summary>
    private const int LineWindow = 3840;

    /// <summary>The variable by which the kernel is told where to put the machine's memory.</summary>
    private const string MemoryVariable = "TMPDIR";

    private const string SharedMemory = "/dev/shm";

    /// <inheritdoc/>
    public string Name => "uml";

    /// <inheritdoc/>
    public Machine Launch(MachineSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        LaunchChecks.RequireFiles(spec);
        LaunchChecks.RequireMemory(spec, Name, OwnMiB);
        string memoryFolder = MemoryFolder(spec);
        var start = new MachineStart(spec.Kernel, Arguments(spec)) { FixedAddresses = true, Container = Confinement(spec), ChannelWindow = LineWindow };
        start.Environment[MemoryVariable] = memoryFolder;
        Machine machine = start.Run(spec);
        var console = new UmlConsole(spec.Folder);
        machine.Reclaim = () => console.GiveBackFreed(spec.MemoryMiB);
        machine.Disks = new UmlDisks(console, spec.Name).Attach;
        return machine;
    }

    // The folder is the machine's own, so one name does for all: it is part of a socket's path, which must be short.
    private static List<string> Arguments(MachineSpec spec) =>
    [
        $"mem={spec.MemoryMiB}M", $"uml_dir={spec.Folder}", "umid=uml", .. Root(spec),
        "con=null", "con0=null,fd:1", .. spec.HasChannel ? (string[])[$"con1=fd:{MachineStart.ChannelNumber}", "megatux.channel=/dev/tty1"] : [],
        .. spec.Cable is { } cable ? (string[])[$"{Interface}:transport=tap,ifname={cable.Outside},mac={cable.Mac},depth={QueueDepth}", $"megatux.interface={Interface}"] : [],
        "quiet", $"initcall_blacklist={Skipped}", FewDevices, DelayLoop, SharedFolder, EndsOnRestart, .. spec.CommandLine,
    ];

    // An initramfs is unpacked into the machine's memory; of a file system only what is read comes there.
    private static string[] Root(MachineSpec spec) => spec.RootImage.Length == 0
        ? [$"initrd={spec.Initrd}", "root=/dev/ram0", "rdinit=/init"]
        : [$"ubd0={Path.Combine(spec.Folder, OwnBlocks)},{spec.RootImage}", "root=/dev/ubda", "rootfstype=ext2", "rw", "init=/init"];

    private static ContainerSpec? Confinement(MachineSpec spec) => spec.User is null ? null
        : new ContainerSpec { Namespaces = Namespaces.None, User = spec.User, Capabilities = new HashSet<int>(), NoNewPrivileges = true };

    private static string MemoryFolder(MachineSpec spec)
    {
        string[] candidates = Environment.GetEnvironmentVariable(MemoryVariable) is { Length: > 0 } chosen ? [chosen, SharedMemory] : [SharedMemory];
        foreach (string folder in candidates)
        {
            if (!FileSystemStatus.TryRead(folder, out FileSystemStatus status) || !status.IsTmpfs || !status.AllowsExecution)
                continue;
            LaunchChecks.RequireSpace(spec, folder, status.AvailableBytes);
            return folder;
        }

        throw new MegatuxException(ErrorCodes.MemoryFolderMissing,
            $"The memory of {spec.Name} must lie on a tmpfs that allows execution, and {string.Join(" and ", candidates)} is none: "
            + $"`mount -o remount,exec {SharedMemory}`, or let {MemoryVariable} name one.");
    }
}
