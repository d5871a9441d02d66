namespace Megatux.Linux;

/// <summary>What statfs tells about the file system that a path lies in.</summary>
public readonly record struct FileSystemStatus
{
    // include/uapi/linux/magic.h and statfs(2).
    private const long TmpfsMagic = 0x01021994;
    private const long NoExec = 8;

    /// <summary>True for a file system whose files lie in memory.</summary>
    public bool IsTmpfs { get; init; }

    /// <summary>True where files can be run, or mapped to be run.</summary>
    public bool AllowsExecution { get; init; }

    /// <summary>Bytes that a user without privileges may still write.</summary>
    public long AvailableBytes { get; init; }

    /// <summary>Reads the status of the file system of a path, or says that it cannot be read.</summary>
    /// <param name="path">A path; a symbolic link stands for its target.</param>
    /// <param name="status">The status, where it can be read.</param>
    public static unsafe bool TryRead(string path, out FileSystemStatus status)
    {
        StatfsBuffer buffer;
        if (NativeFiles.Statfs(path, &buffer) != 0)
        {
            status = default;
            return false;
        }

        status = new FileSystemStatus
        {
            IsTmpfs = buffer.Type == TmpfsMagic,
            AllowsExecution = (buffer.Flags & NoExec) == 0,
            AvailableBytes = (long)Math.Min(buffer.BlocksAvailable * (decimal)buffer.BlockSize, long.MaxValue),
        };
        return true;
    }
}
