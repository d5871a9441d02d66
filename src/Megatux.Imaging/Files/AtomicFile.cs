using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Writes outputs so that they are there whole or not at all: into a temporary file beside the target, flushed to disk,
/// then renamed over it. A build that is killed leaves at most a temporary file, which the next one removes.
/// </summary>
public static class AtomicFile
{
    private const string TemporaryPrefix = ".megatux-tmp-";
    private const int BufferLength = 1 << 18;
    private const int NoSpaceLeft = 28;
    private const int QuotaExceeded = 122;

    /// <summary>Writes <paramref name="path"/> through <paramref name="write"/>; on any failure the old file stays as it was.</summary>
    /// <exception cref="MegatuxException">The disk is full, or the folder cannot be written.</exception>
    public static void Write(string path, Action<Stream> write, UnixFileMode mode = DefaultMode)
    {
        ArgumentNullException.ThrowIfNull(write);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string temporary = Path.Combine(folder, TemporaryPrefix + Path.GetFileName(path));
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
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failure)
        {
            TryDelete(temporary);
            if (failure is IOException or UnauthorizedAccessException)
                throw Explain(failure, path);
            throw;
        }
    }

    /// <summary>Writes bytes, unless the file holds just these already: then it is left untouched.</summary>
    /// <returns>True when the file was written.</returns>
    public static bool WriteIfChanged(string path, ReadOnlyMemory<byte> bytes)
    {
        if (File.Exists(path) && new FileInfo(path).Length == bytes.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes.Span))
            return false;
        Write(path, stream => stream.Write(bytes.Span));
        return true;
    }

    /// <summary>Removes what killed builds left in a folder (not in folders below it).</summary>
    public static void RemoveLeftovers(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (string leftover in Directory.EnumerateFiles(folder, TemporaryPrefix + "*"))
            TryDelete(leftover);
    }

    private const UnixFileMode DefaultMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static MegatuxException Explain(Exception failure, string path) => failure.HResult switch
    {
        NoSpaceLeft or QuotaExceeded => new MegatuxException(ErrorCodes.DiskFull,
            $"No space is left for {path}: free some, or put the output elsewhere. What was built before is untouched.", inner: failure),
        _ => new MegatuxException(ErrorCodes.OutputUnwritable, $"{path} cannot be written: {failure.Message}", inner: failure),
    };

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
