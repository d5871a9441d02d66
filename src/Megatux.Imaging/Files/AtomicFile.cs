using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Writes outputs so that they are there whole or not at all: into a temporary file beside the target, flushed to disk,
/// then renamed over it. A build that is killed leaves at most a temporary file, which the next one removes.
/// </summary>
public sealed class AtomicFile : IDisposable
{
    private const string TemporaryPrefix = ".megatux-tmp-";
    private const int BufferLength = 1 << 18;
    private const int NoSpaceLeft = 28;
    private const int QuotaExceeded = 122;

    private const UnixFileMode PlainMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode ExecutableMode =
        PlainMode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly string _temporary;

    private AtomicFile(string path, string temporary) => (Path, _temporary) = (path, temporary);

    /// <summary>The file's place.</summary>
    public string Path { get; }

    /// <summary>Where it can be read before it is put into its place.</summary>
    internal string ReadablePath => _temporary;

    /// <summary>Writes <paramref name="path"/> through <paramref name="write"/>; on any failure the old file stays as it was.</summary>
    /// <exception cref="MegatuxException">The disk is full, or the folder cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        using AtomicFile file = Stage(path, write);
        file.Commit();
    }

    /// <summary>Writes bytes, unless the file holds just these already: then it is left untouched.</summary>
    /// <returns>True when the file was written.</returns>
    public static bool WriteIfChanged(string path, ReadOnlyMemory<byte> bytes)
    {
        if (Holds(path, bytes.Span))
            return false;
        Write(path, stream => stream.Write(bytes.Span));
        return true;
    }

    /// <summary>True when the file is there and holds just these bytes.</summary>
    public static bool Holds(string path, ReadOnlySpan<byte> bytes) =>
        File.Exists(path) && new FileInfo(path).Length == bytes.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes);

    /// <summary>Writes the file beside its place, whole and flushed; <see cref="Commit"/> then puts it there.</summary>
    /// <param name="path">The place.</param>
    /// <param name="write">Writes the contents.</param>
    /// <param name="executable">True for a file of mode 0755 instead of 0644.</param>
    /// <exception cref="MegatuxException">The disk is full, or the folder cannot be written.</exception>
    public static AtomicFile Stage(string path, Action<Stream> write, bool executable = false)
    {
        ArgumentNullException.ThrowIfNull(write);
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        string temporary = System.IO.Path.Combine(folder, TemporaryPrefix + System.IO.Path.GetFileName(path));
        UnixFileMode mode = executable ? ExecutableMode : PlainMode;
        try
        {
            Directory.CreateDirectory(folder);
            using (var stream = new FileStream(temporary, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                BufferSize = BufferLength,
                UnixCreateMode = mode,
            }))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            // The mode at creation is subject to the umask, and outputs must not depend on that.
            File.SetUnixFileMode(temporary, mode);
            return new AtomicFile(path, temporary);
        }
        catch (Exception failure)
        {
            TryDelete(temporary);
            if (failure is IOException or UnauthorizedAccessException)
                throw Explain(failure, path);
            throw;
        }
    }

    /// <summary>Puts the staged file into its place.</summary>
    /// <exception cref="MegatuxException">A directory stands there, or the folder cannot be written.</exception>
    public void Commit()
    {
        try
        {
            File.Move(_temporary, Path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Explain(failure, Path);
        }
    }

    /// <summary>Removes the staged file if it was not committed.</summary>
    public void Dispose() => TryDelete(_temporary);

    /// <summary>Removes what killed builds left in a folder (not in folders below it).</summary>
    public static void RemoveLeftovers(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (string leftover in Directory.EnumerateFiles(folder, TemporaryPrefix + "*"))
            TryDelete(leftover);
    }

    /// <summary>True when no room, or no more of a user's quota, is what made writing fail.</summary>
    internal static bool IsDiskFull(Exception failure) => failure.HResult is NoSpaceLeft or QuotaExceeded;

    /// <summary>What a failure of the disk means for whoever wanted <paramref name="path"/>.</summary>
    internal static MegatuxException Explain(Exception failure, string path) => IsDiskFull(failure)
        ? new MegatuxException(ErrorCodes.DiskFull,
            $"No space is left for {path}: free some, or put the output elsewhere. What was built before is untouched.", inner: failure)
        : new MegatuxException(ErrorCodes.OutputUnwritable, $"{path} cannot be written: {failure.Message}", inner: failure);

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is only a leftover: what failed before it is what the user must hear of.
        }
    }
}
