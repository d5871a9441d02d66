using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Megatux.Linux;

/// <summary>
/// What lstat tells about a name: never follows a symbolic link in the last component. One system call and no
/// allocation, since a build looks at every file of every overlay each time.
/// </summary>
public readonly record struct FileStatus
{
    // PATH_MAX of include/uapi/linux/limits.h, the closing NUL included.
    private const int LongestPath = 4096;

    // include/uapi/linux/stat.h: type bits of a mode.
    private const int TypeMask = 0xF000, PermissionMask = 0x0FFF;
    private const int TypeFifo = 0x1000, TypeCharacter = 0x2000, TypeDirectory = 0x4000, TypeBlock = 0x6000,
        TypeFile = 0x8000, TypeLink = 0xA000, TypeSocket = 0xC000;

    // include/uapi/asm-generic/errno-base.h and errno.h.
    private const int NoSuchEntry = 2, NoAccess = 13, NotPermitted = 1, NotADirectory = 20, NameTooLong = 36;

    private const long NanosecondsInSecond = 1_000_000_000;

    /// <summary>What the name stands for.</summary>
    public FileKind Kind { get; private init; }

    /// <summary>Permission bits with set-id and sticky bits: 0 to 07777.</summary>
    public int Mode { get; private init; }

    /// <summary>Owner.</summary>
    public uint Uid { get; private init; }

    /// <summary>Group.</summary>
    public uint Gid { get; private init; }

    /// <summary>Length of a file in bytes; of a symbolic link, the length of its target.</summary>
    public long Size { get; private init; }

    /// <summary>When the contents last changed, in nanoseconds since 1970 (wraps outside the years 1678 to 2262).</summary>
    public long MtimeNs { get; private init; }

    /// <summary>When the contents, mode, owner or links last changed, in nanoseconds since 1970; nobody can set it.</summary>
    public long CtimeNs { get; private init; }

    /// <summary>Inode number, unique within <see cref="Device"/>.</summary>
    public ulong Inode { get; private init; }

    /// <summary>The file system that the name lies in: major number in the upper 32 bits, minor in the lower.</summary>
    public ulong Device { get; private init; }

    /// <summary>How many names the inode has.</summary>
    public uint Nlink { get; private init; }

    /// <summary>Major number of a device node; 0 for all else.</summary>
    public uint RdevMajor { get; private init; }

    /// <summary>Minor number of a device node; 0 for all else.</summary>
    public uint RdevMinor { get; private init; }

    /// <summary>Reads the status of a name, or says that there is nothing of that name.</summary>
    /// <param name="path">Absolute path, or one relative to the current folder.</param>
    /// <param name="status">The status, where there is one.</param>
    /// <returns>False when the name or a folder above it does not exist (or "a folder above it" is not a folder).</returns>
    /// <exception cref="UnauthorizedAccessException">A folder on the way may not be searched.</exception>
    /// <exception cref="IOException">Any other reason: a loop of links, a name too long, a failing disk.</exception>
    public static bool TryRead(ReadOnlySpan<char> path, out FileStatus status)
    {
        int error = Query(path, out status);
        return error switch
        {
            0 => true,
            NoSuchEntry or NotADirectory => false,
            _ => throw Failure(error, path),
        };
    }

    /// <summary>Reads the status of a name that must exist.</summary>
    /// <param name="path">Absolute path, or one relative to the current folder.</param>
    /// <exception cref="FileNotFoundException">There is nothing of that name.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder on the way may not be searched.</exception>
    /// <exception cref="IOException">Any other reason.</exception>
    public static FileStatus Read(ReadOnlySpan<char> path) =>
        TryRead(path, out FileStatus status)
            ? status
            : throw new FileNotFoundException($"{path}: there is no such file.", path.ToString());

    [SkipLocalsInit]
    private static unsafe int Query(ReadOnlySpan<char> path, out FileStatus status)
    {
        status = default;
        if (path.Contains('\0'))
            return NoSuchEntry;

        // Spare the 4 KiB of stack to be cleared for each of 100,000 files.
        byte* name = stackalloc byte[LongestPath];
        if (Utf8.FromUtf16(path, new Span<byte>(name, LongestPath - 1), out _, out int length) != System.Buffers.OperationStatus.Done)
            return NameTooLong;

        name[length] = 0;
        StatxBuffer buffer;
        if (NativeFiles.Statx(NativeFiles.CurrentFolder, name, NativeFiles.DoNotFollow, NativeFiles.BasicStatus, &buffer) != 0)
            return Marshal.GetLastSystemError();

        status = From(buffer);
        return 0;
    }

    private static FileStatus From(in StatxBuffer buffer) => new()
    {
        Kind = KindOf(buffer.Mode),
        Mode = buffer.Mode & PermissionMask,
        Uid = buffer.Uid,
        Gid = buffer.Gid,
        Size = (long)buffer.Size,
        MtimeNs = (buffer.MtimeSeconds * NanosecondsInSecond) + buffer.MtimeNanoseconds,
        CtimeNs = (buffer.CtimeSeconds * NanosecondsInSecond) + buffer.CtimeNanoseconds,
        Inode = buffer.Inode,
        Device = ((ulong)buffer.DevMajor << 32) | buffer.DevMinor,
        Nlink = buffer.Nlink,
        RdevMajor = buffer.RdevMajor,
        RdevMinor = buffer.RdevMinor,
    };

    private static FileKind KindOf(int mode) => (mode & TypeMask) switch
    {
        TypeFile => FileKind.File,
        TypeDirectory => FileKind.Directory,
        TypeLink => FileKind.SymbolicLink,
        TypeCharacter => FileKind.CharacterDevice,
        TypeBlock => FileKind.BlockDevice,
        TypeFifo => FileKind.Fifo,
        TypeSocket => FileKind.Socket,
        _ => FileKind.Unknown,
    };

    private static Exception Failure(int error, ReadOnlySpan<char> path)
    {
        string message = $"{path}: {Marshal.GetPInvokeErrorMessage(error)}";
        return error is NoAccess or NotPermitted ? new UnauthorizedAccessException(message) : new IOException(message, error);
    }
}
