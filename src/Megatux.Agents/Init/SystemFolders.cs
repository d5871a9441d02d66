using System.ComponentModel;
using Megatux.Linux;

namespace Megatux.Agents;

/// <summary>
/// What the first process of a machine mounts before anything else. By system calls alone: a machine of User Mode Linux
/// spends more on a shell that does the same with a program each than on its kernel.
/// </summary>
public static class SystemFolders
{
    /// <summary>How a guest's /dev/shm is.</summary>
    public const string GuestMemory = "mode=1777";

    /// <summary>
    /// How a host's /dev/shm is: the memory of UML guests lies there and is executed; half of the host's memory, the
    /// kernel's default, would halve their number.
    /// </summary>
    public const string HostMemory = "mode=1777,size=90%";

    private const string Devices = "/dev";

    /// <summary>What is forbidden on file systems that are memory.</summary>
    private const MountOptions Limits = MountOptions.NoSetUid | MountOptions.NoDevices;

    // Documentation/admin-guide/devices.txt.
    private static readonly (string Name, uint Major, uint Minor)[] UsualDevices =
        [("null", 1, 3), ("zero", 1, 5), ("random", 1, 8), ("urandom", 1, 9), ("tty", 5, 0), ("console", 5, 1)];

    private static readonly (string Name, string Value)[] UsualVariables =
        [("PATH", ChildStart.UsualPath), ("HOME", "/root"), ("TERM", "linux")];

    /// <summary>Mounts what an init script of the image's own has not mounted. What cannot be is said, and the machine goes on.</summary>
    /// <param name="memory">Options of /dev/shm.</param>
    public static void Mount(string memory)
    {
        foreach ((string name, string value) in UsualVariables)
            Environment.SetEnvironmentVariable(name, value);
        MountUnlessThere("proc", "/proc");
        MountUnlessThere("sysfs", "/sys");
        if (!MountUnlessThere("devtmpfs", Devices, data: "mode=755"))
            MakeDevices();
        MountUnlessThere("devpts", "/dev/pts", data: "mode=620,ptmxmode=666");
        MountOverEmpty("/dev/shm", memory);
        MountOverEmpty("/run", "mode=755");
        MountOverEmpty("/tmp", "mode=1777");
    }

    private static bool MountUnlessThere(string type, string folder, MountOptions options = MountOptions.None, string? data = null) => Try(() =>
    {
        Directory.CreateDirectory(folder);
        if (!Mounts.IsMount(folder))
            Mounts.Mount(type, folder, options: options, data: data);
    });

    /// <summary>An empty folder becomes a tmpfs, so that what is written there is bounded; what an overlay put there stays in sight.</summary>
    private static void MountOverEmpty(string folder, string data)
    {
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any())
            MountUnlessThere("tmpfs", folder, Limits, data);
    }

    // For a kernel without devtmpfs.
    private static void MakeDevices()
    {
        foreach ((string name, uint major, uint minor) in UsualDevices)
        {
            string path = $"{Devices}/{name}";
            if (!File.Exists(path) && Try(() => FileNodes.Make(path, FileKind.CharacterDevice, major, minor)))
                File.SetUnixFileMode(path, FileNodes.ForEveryone);
        }
    }

    private static bool Try(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (Exception refused) when (refused is Win32Exception or IOException or UnauthorizedAccessException)
        {
            FirstProcess.Say(refused.Message);
            return false;
        }
    }
}
