using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>Makes names that .NET cannot make: device nodes, pipes, hard links; renames links, and gives files away.</summary>
public static class FileNodes
{
    /// <summary>Mode of a device that every user may read and write: 0666.</summary>
    public const UnixFileMode ForEveryone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    // include/uapi/asm-generic/errno-base.h.
    private const int NotPermitted = 1, NoAccess = 13, InvalidArgument = 22;

    private const int OwnerMayReadAndWrite = 0x180; // 0600

    /// <summary>Makes a device node, named pipe or socket name, of mode 0600 or less.</summary>
    /// <param name="path">A name that does not exist yet.</param>
    /// <param name="kind">What to make.</param>
    /// <param name="major">Major number of a device, 0 to 4095; 0 for all else.</param>
    /// <param name="minor">Minor number of a device, 0 to 1048575; 0 for all else.</param>
    /// <exception cref="UnauthorizedAccessException">Only root may make devices, and not in every container.</exception>
    /// <exception cref="IOException">The name exists, a number is too large, the disk is full.</exception>
    public static void Make(string path, FileKind kind, uint major = 0, uint minor = 0)
    {
        int type = kind switch
        {
            FileKind.Fifo => 0x1000,
            FileKind.CharacterDevice => 0x2000,
            FileKind.BlockDevice => 0x6000,
            FileKind.Socket => 0xC000,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        if (NativeFiles.MakeNode(path, (uint)(type | OwnerMayReadAndWrite), DeviceNumber(major, minor)) != 0)
            throw Failure(path);
    }

    /// <summary>Gives a file another name.</summary>
    /// <param name="existing">The file's name; if it is a symbolic link, that itself gets the other name.</param>
    /// <param name="path">A name that does not exist yet, on the same file system.</param>
    /// <exception cref="IOException">The name exists, or the file system has no hard links or no more of them.</exception>
    public static void Link(string existing, string path)
    {
        if (NativeFiles.LinkAt(NativeFiles.CurrentFolder, existing, NativeFiles.CurrentFolder, path, 0) != 0)
            throw Failure(path);
    }

    /// <summary>Gives a file the name of another, which is replaced at once: there is no moment without the name.</summary>
    /// <param name="existing">The file's name; if it is a symbolic link, wherever that points to, it itself is renamed.</param>
    /// <param name="path">The name, on the same file system.</param>
    /// <exception cref="IOException">There is no such file, or the name is a folder's.</exception>
    public static void Rename(string existing, string path)
    {
        if (NativeFiles.Rename(existing, path) != 0)
            throw Failure(path);
    }

    /// <summary>Gives two files or folders each other's name at once: there is no moment without either.</summary>
    /// <param name="one">A name that exists.</param>
    /// <param name="other">Another one, on the same file system.</param>
    /// <exception cref="IOException">One is not there or mounted on, or the file system cannot do it.</exception>
    public static void Exchange(string one, string other)
    {
        if (NativeFiles.RenameAt2(NativeFiles.CurrentFolder, one, NativeFiles.CurrentFolder, other, NativeFiles.ExchangeNames) != 0)
            throw Failure(other);
    }

    /// <summary>Changes owner and group; of a symbolic link, its own.</summary>
    /// <param name="path">What to give away.</param>
    /// <param name="uid">New owner, 0 to 2^32-2.</param>
    /// <param name="gid">New group, 0 to 2^32-2.</param>
    /// <exception cref="UnauthorizedAccessException">Only root may, and in a user namespace only to users and groups that are mapped into it.</exception>
    /// <exception cref="IOException">Any other reason.</exception>
    public static void ChangeOwner(string path, uint uid, uint gid)
    {
        if (NativeFiles.ChangeOwner(path, uid, gid) != 0)
            throw Marshal.GetLastPInvokeError() == InvalidArgument
                ? new UnauthorizedAccessException(FormattableString.Invariant($"{path}: user {uid} or group {gid} is nobody here"))
                : Failure(path);
    }

    /// <summary>The C library's dev_t (gnu_dev_makedev): 12 bits of each number where they were of old, the rest around them.</summary>
    internal static ulong DeviceNumber(uint major, uint minor) =>
        ((ulong)(major & 0xFFFFF000) << 32) | ((ulong)(major & 0xFFF) << 8) | ((ulong)(minor & 0xFFFFFF00) << 12) | (minor & 0xFF);

    private static Exception Failure(string path)
    {
        int error = Marshal.GetLastPInvokeError();
        string message = $"{path}: {Marshal.GetPInvokeErrorMessage(error)}";
        return error is NotPermitted or NoAccess ? new UnauthorizedAccessException(message) : new IOException(message, error);
    }
}
