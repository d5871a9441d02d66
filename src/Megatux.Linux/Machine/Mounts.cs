using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>What a mount forbids; the values are those of mount (include/uapi/linux/mount.h).</summary>
[Flags]
public enum MountOptions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Writing.</summary>
    ReadOnly = 1,

    /// <summary>That set-user-id bits have effect.</summary>
    NoSetUid = 2,

    /// <summary>Use of device nodes.</summary>
    NoDevices = 4,

    /// <summary>Execution of programs.</summary>
    NoExecution = 8,
}

/// <summary>Mounts file systems, for the first process of a machine and whoever has a mount namespace of his own.</summary>
public static partial class Mounts
{
    // include/uapi/linux/mount.h and umount2(2).
    private const int RemountFlag = 32, BindFlag = 4096, MoveFlag = 8192, Recursive = 16384, Detach = 2;

    /// <summary>Mounts a file system.</summary>
    /// <param name="type">Its type, as /proc/filesystems names it: proc, sysfs, devtmpfs, devpts, tmpfs, squashfs.</param>
    /// <param name="target">A folder that exists.</param>
    /// <param name="source">A device, where the type takes one.</param>
    /// <param name="options">What is forbidden.</param>
    /// <param name="data">Options of the type itself, "mode=755" for one.</param>
    /// <exception cref="Win32Exception">The kernel refuses; tells target, type and reason.</exception>
    public static void Mount(string type, string target, string? source = null, MountOptions options = MountOptions.None, string? data = null) =>
        Check(NativeMount(source ?? type, target, type, (nuint)options, data), $"{type} cannot be mounted on {target}");

    /// <summary>Shows a file or folder, with what is mounted beneath it, at another place.</summary>
    /// <param name="source">What exists.</param>
    /// <param name="target">A file or folder that exists, of the same kind.</param>
    /// <param name="options">What is forbidden there; mounts beneath are not covered.</param>
    /// <exception cref="Win32Exception">The kernel refuses.</exception>
    public static void Bind(string source, string target, MountOptions options = MountOptions.None)
    {
        Check(NativeMount(source, target, null, BindFlag | Recursive, null), $"{source} cannot be bound to {target}");
        if (options != MountOptions.None)
            Check(NativeMount(null, target, null, BindFlag | RemountFlag | (nuint)options, null), $"{target} cannot be restricted");
    }

    /// <summary>Unmounts what is mounted on top of a path.</summary>
    /// <param name="target">The path.</param>
    /// <param name="detach">True to take it out of sight at once with all beneath, and free it when its last user is gone.</param>
    /// <exception cref="Win32Exception">It is in use, or no mount.</exception>
    public static void Unmount(string target, bool detach = false) =>
        Check(NativeUnmount(target, detach ? Detach : 0), $"{target} cannot be unmounted");

    /// <summary>
    /// Makes a mount the root of this process and of what it starts, as the first process does when it leaves the initramfs.
    /// What /dev, /proc, /sys and /run have mounted on them goes along, where the new root has folders for them.
    /// </summary>
    /// <param name="newRoot">A mount; all that lies outside of it is out of reach afterwards, but keeps its memory.</param>
    /// <exception cref="Win32Exception">It is no mount.</exception>
    public static void MoveRoot(string newRoot)
    {
        foreach (string folder in (string[])["/dev", "/proc", "/sys", "/run"])
            if (Directory.Exists(newRoot + folder) && IsMount(folder))
                Check(NativeMount(folder, newRoot + folder, null, MoveFlag, null), $"{folder} cannot be moved to {newRoot}");
        string failure = $"{newRoot} cannot be made the root";
        Check(NativeChangeFolder(newRoot), failure);
        Check(NativeMount(".", "/", null, MoveFlag, null), failure);
        Check(NativeChangeRoot("."), failure);
        Check(NativeChangeFolder("/"), failure);
    }

    /// <summary>True if a path is where a file system is mounted.</summary>
    public static bool IsMount(string path) =>
        FileStatus.TryRead(path, out FileStatus own) && FileStatus.TryRead($"{path}/..", out FileStatus parent)
        && (own.Device != parent.Device || own.Inode == parent.Inode);

    private static void Check(int result, string failure)
    {
        int error = Marshal.GetLastPInvokeError();
        if (result != 0)
            throw new Win32Exception(error, $"{failure}: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeMount(string? source, string target, string? type, nuint flags, string? data);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeUnmount(string target, int flags);

    [LibraryImport("libc", EntryPoint = "chdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeChangeFolder(string path);

    [LibraryImport("libc", EntryPoint = "chroot", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeChangeRoot(string path);
}
