using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>The C library's calls about files. errno is read straight after the call: nothing runs in between.</summary>
internal static unsafe partial class NativeFiles
{
    /// <summary>AT_FDCWD: a relative path starts at the current folder.</summary>
    internal const int CurrentFolder = -100;

    /// <summary>AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT: looking must not mount anything.</summary>
    internal const int DoNotFollow = 0x100 | 0x800;

    /// <summary>STATX_BASIC_STATS: what stat tells.</summary>
    internal const uint BasicStatus = 0x7FF;

    // The path is on the stack and a file system may be slow, so the garbage collector must be free to run meanwhile.
    [LibraryImport("libc", EntryPoint = "statx")]
    internal static partial int Statx(int folder, byte* path, int flags, uint mask, StatxBuffer* buffer);

    [LibraryImport("libc", EntryPoint = "statfs", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Statfs(string path, StatfsBuffer* buffer);

    [LibraryImport("libc", EntryPoint = "mknod", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int MakeNode(string path, uint mode, ulong device);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int LinkAt(int existingFolder, string existing, int folder, string path, int flags);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Rename(string existing, string path);

    /// <summary>RENAME_EXCHANGE, include/uapi/linux/fs.h.</summary>
    internal const uint ExchangeNames = 2;

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int RenameAt2(int existingFolder, string existing, int folder, string path, uint flags);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ChangeOwner(string path, uint uid, uint gid);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    internal static partial int Pipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    internal static partial int SocketPair(int family, int type, int protocol, int* ends);

    /// <summary>The absolute path that a path leads to, without links; null if it leads nowhere.</summary>
    internal static string? RealPath(string path)
    {
        nint buffer = Resolve(path, 0);
        string? result = Marshal.PtrToStringUTF8(buffer);
        NativeMemory.Free((void*)buffer);
        return result;
    }

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Resolve(string path, nint room);
}
