namespace Megatux.Cli;

/// <summary>A file that one process at a time has open, so that what it stands for is changed by one only.</summary>
internal static class FileLock
{
    // What .NET makes of a lock that somebody else has: errno EAGAIN, include/uapi/asm-generic/errno-base.h.
    private const int WouldBlock = 11;

    /// <summary>Opens the file; null while somebody else has it.</summary>
    /// <exception cref="IOException">It cannot be opened for another reason.</exception>
    internal static FileStream? Take(string path, FileMode mode, FileOptions options = FileOptions.None)
    {
        try
        {
            return new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, options);
        }
        catch (IOException busy) when (busy.HResult is WouldBlock)
        {
            return null;
        }
    }
}
