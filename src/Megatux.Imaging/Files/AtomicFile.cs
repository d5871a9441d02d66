using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Writes outputs so that they are there whole or not at all: into a temporary file beside the target, flushed to disk
/// (while other things go on), then renamed over it. A build that is killed leaves at most a temporary file, which the
/// next one removes.
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
    private readonly Task _flushed;

    private AtomicFile(string path, string temporary, Task flushed) => (Path, _temporary, _flushed) = (path, temporary, flushed);

    /// <summary>The file's place.</summary>
    public string Path { get; }

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

    /// <summary>
    /// Writes the whole file beside its place, and starts flushing it to disk; <see cref="Flushed"/> waits for that, and
    /// <see cref="Commit"/> puts it there.
    /// </summary>
    /// <param name="path">The place.</param>
    /// <param name="write">Writes the contents.</param>
    /// <param name="executable">True for a file of mode 0755 instead of 0644.</param>
    /// <param name="aside">True to have it written, too, while other things go on.</param>
    /// <exception cref="MegatuxException">The disk is full, or the folder cannot be written.</exception>
    public static AtomicFile Stage(string path, Action<Stream> write, bool executable = false, bool aside = false)
    {
        ArgumentNullException.ThrowIfNull(write);
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        string temporary = System.IO.Path.Combine(folder, TemporaryPrefix + System.IO.Path.GetFileName(path));
        UnixFileMode mode = executable ? ExecutableMode : PlainMode;
        try
        {
            Directory.CreateDirectory(folder);
            FileStream stream = Create(temporary, mode);
            if (!aside)
                Guarded(stream, Fill);
            return new AtomicFile(path, temporary, Task.Run(() => Guarded(stream, aside ? FillAndClose : Close)));
        }
        catch (Exception failure)
        {
            TryDelete(temporary);
            if (failure is IOException or UnauthorizedAccessException)
                throw Explain(failure, path);
            throw;
        }

        void Fill(FileStream stream)
        {
            write(stream);
            stream.Flush();

            // The mode at creation is subject to the umask, and outputs must not depend on that.
            File.SetUnixFileMode(stream.SafeFileHandle, mode);
        }

        void FillAndClose(FileStream stream)
        {
            Fill(stream);
            Close(stream);
        }
    }

    /// <summary>Waits until the staged file is on the disk.</summary>
    /// <exception cref="MegatuxException">The disk is full.</exception>
    internal void Flushed()
    {
        try
        {
            _flushed.GetAwaiter().GetResult();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Explain(failure, Path);
        }
    }

    /// <summary>Puts the staged file into its place.</summary>
    /// <exception cref="MegatuxException">The disk is full, a directory stands there, or the folder cannot be written.</exception>
    public void Commit()
    {
        Flushed();
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
    public void Dispose()
    {
        // What comes of it does not matter any more, but the file has to be closed.
        _flushed.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        TryDelete(_temporary);
    }

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

    private static FileStream Create(string path, UnixFileMode mode) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Create,
        Access = FileAccess.Write,
        BufferSize = BufferLength,
        UnixCreateMode = mode,
    });

    private static void Close(FileStream stream)
    {
        stream.Flush(flushToDisk: true);
        stream.Dispose();
    }

    /// <summary>Does it, and closes the file if that fails.</summary>
    private static void Guarded(FileStream stream, Action<FileStream> work)
    {
        try
        {
            work(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

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
