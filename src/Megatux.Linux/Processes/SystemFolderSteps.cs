namespace Megatux.Linux;

/// <summary>The steps that give a container its /proc, /sys and /dev.</summary>
internal sealed class SystemFolderSteps(StepList steps, ContainerSpec container)
{
    private const int CurrentFolder = -100, RegularFile = 0x8000, CharacterDevice = 0x2000;
    private const int ReadOnlyFlag = ContainerSteps.ReadOnlyFlag, Change = ContainerSteps.BindFlag | ContainerSteps.Remount;
    private const int FolderMode = 0x1ED, DeviceMode = (int)FileNodes.ForEveryone, FileMode = 0x1A4; // 0755, 0666, 0644
    private const int NoSetUid = ContainerSteps.NoSetUid, NoDevices = ContainerSteps.NoDevices, NoExecution = ContainerSteps.NoExecution;

    // Devices take no room, and what is written beside them is to take little.
    private const string DeviceFolder = "mode=755,size=64k";

    // Documentation/admin-guide/devices.txt.
    private static readonly (string Name, uint Major, uint Minor)[] Devices =
        [("null", 1, 3), ("zero", 1, 5), ("full", 1, 7), ("random", 1, 8), ("urandom", 1, 9), ("tty", 5, 0)];

    private static readonly (string Name, string Target)[] Links =
        [("ptmx", "pts/ptmx"), ("fd", "/proc/self/fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2")];

    internal void Add()
    {
        bool ownRoot = container.Root is not null;
        if (ownRoot || container.Namespaces.HasFlag(Namespaces.Process))
        {
            MakeFolder(steps, "/proc");
            Mount(steps, "proc", "/proc", "proc", NoSetUid | NoDevices | NoExecution, null);
            if (container.ReadOnlySystem)
                ForbidWriting();
        }

        // What sysfs shows of networks is settled as it is mounted.
        if (ownRoot || container.Namespaces.HasFlag(Namespaces.Network) || container.Network is not null)
        {
            MakeFolder(steps, "/sys");
            Mount(steps, "sysfs", "/sys", "sysfs", NoSetUid | NoDevices | NoExecution | (container.ReadOnlySystem ? ReadOnlyFlag : 0), null);
        }

        if (ownRoot)
            AddDevices();
    }

    // Two mounts, however much there is in /proc that must not be written: each costs every container its share of its start.
    private void ForbidWriting()
    {
        const string network = "/proc/sys/net";
        Mount(steps, network, network, null, ContainerSteps.BindFlag, null);
        Mount(steps, null, "/proc", null, Change | ReadOnlyFlag | NoSetUid | NoDevices | NoExecution, null);
    }

    private void AddDevices()
    {
        MakeFolder(steps, "/dev");
        Mount(steps, "tmpfs", "/dev", "tmpfs", NoSetUid, DeviceFolder);
        // A user namespace makes no devices, but those outside can be seen from inside.
        bool mayMake = UserNamespace.IsInitial;
        foreach ((string name, uint major, uint minor) in Devices)
        {
            if (mayMake)
            {
                steps.Add("a device cannot be made", $"/dev/{name}", SystemCalls.Mknodat, CurrentFolder, steps.Text($"/dev/{name}"),
                    CharacterDevice | DeviceMode, (nint)FileNodes.DeviceNumber(major, minor));
                continue;
            }

            MakeFile(steps, $"/dev/{name}");
            Mount(steps, $"dev/{name}", $"/dev/{name}", null, ContainerSteps.BindFlag, null);
        }

        foreach ((string name, string target) in Links)
            steps.Add("a link cannot be made", $"/dev/{name}", SystemCalls.Symlinkat, steps.Text(target), CurrentFolder, steps.Text($"/dev/{name}"));
        MakeFolder(steps, "/dev/pts");
        Mount(steps, "devpts", "/dev/pts", "devpts", NoSetUid | NoExecution, "newinstance,ptmxmode=0666,mode=0620");
        MakeFolder(steps, "/dev/shm");
        Mount(steps, "tmpfs", "/dev/shm", "tmpfs", NoSetUid | NoDevices, container.SharedMemoryBytes is { } bytes ? $"mode=1777,size={bytes}" : "mode=1777");
    }

    /// <summary>Makes a folder if nothing has its name.</summary>
    internal static void MakeFolder(StepList steps, string path) =>
        steps.AddLenient(SystemCalls.Mkdirat, CurrentFolder, steps.Text(path), FolderMode);

    /// <summary>Makes an empty file if nothing has its name.</summary>
    internal static void MakeFile(StepList steps, string path) =>
        steps.AddLenient(SystemCalls.Mknodat, CurrentFolder, steps.Text(path), RegularFile | FileMode, 0);

    internal static void Mount(StepList steps, string? source, string target, string? type, int flags, string? options) =>
        steps.Add("it cannot be mounted", $"{source ?? "read-only"} on {target}{(options is null ? "" : $" ({options})")}", SystemCalls.Mount,
            source is null ? 0 : steps.Text(source), steps.Text(target), type is null ? 0 : steps.Text(type), flags,
            options is null ? 0 : steps.Text(options));
}
