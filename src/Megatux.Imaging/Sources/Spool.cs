using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>One file that takes the contents of an archive's members, one behind another. Removed unless kept.</summary>
internal sealed class Spool : IDisposable
{
    private const int ChunkLength = 1 << 17;

    // include/uapi/asm-generic/errno-base.h and errno.h: what a full disk and a used-up quota say.
    private const int NoSpace = 28, QuotaExceeded = 122;

    private readonly ArchiveErrors errors;
    private readonly byte[] chunk = new byte[ChunkLength];
    private readonly FileStream file;
    private long length;
    private bool kept;

    public Spool(string folder, ArchiveErrors errors)
    {
        this.errors = errors;
        try
        {
            Directory.CreateDirectory(folder);
            FilePath = Path.Combine(folder, $"contents-{Guid.NewGuid():N}.spool");
            file = new FileStream(FilePath, FileMode.CreateNew, FileAccess.Write, FileShare.Read, ChunkLength);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Failure(failure, folder);
        }
    }

    /// <summary>The spool file.</summary>
    public string FilePath { get; }

    /// <summary>Takes exactly <paramref name="count"/> bytes.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public Content Append(Stream contents, long count)
    {
        long offset = length;
        for (long left = count; left > 0;)
        {
            int wanted = (int)Math.Min(left, ChunkLength);
            contents.ReadExactly(chunk, 0, wanted);
            try
            {
                file.Write(chunk, 0, wanted);
            }
            catch (IOException failure)
            {
                throw Failure(failure, FilePath);
            }

            left -= wanted;
        }

        length += count;
        return new SpoolContent(FilePath, offset, count);
    }

    /// <summary>Writes what is still buffered and leaves the file to whoever reads the contents.</summary>
    public void Keep()
    {
        try
        {
            file.Flush();
        }
        catch (IOException failure)
        {
            throw Failure(failure, FilePath);
        }

        kept = true;
    }

    public void Dispose()
    {
        try
        {
            file.Dispose();
        }
        catch (IOException)
        {
            // The last bytes did not fit; that was reported already, or the file goes anyway.
        }

        if (!kept)
            File.Delete(FilePath);
    }

    private MegatuxException Failure(Exception failure, string where) =>
        failure.HResult is NoSpace or QuotaExceeded
            ? errors.Archive(ErrorCodes.SpoolDiskFull, $"the disk was full while it was unpacked to {where}. Free space there.", failure)
            : errors.Archive(ErrorCodes.SpoolNotWritable, $"cannot unpack to {where}: {failure.Message}", failure);
}
