using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>One file that takes the contents of an archive's members, one behind another. Removed unless kept.</summary>
internal sealed class Spool : IDisposable
{
    private const int ChunkLength = 1 << 17;

    // include/uapi/asm-generic/errno-base.h and errno.h: what a full disk and a used-up quota say.
    private const int NoSpace = 28, QuotaExceeded = 122;

    private readonly ArchiveErrors _errors;
    private readonly byte[] _chunk = new byte[ChunkLength];
    private readonly FileStream _file;
    private long _length;
    private bool _kept;

    public Spool(string folder, ArchiveErrors errors)
    {
        _errors = errors;
        try
        {
            Directory.CreateDirectory(folder);
            FilePath = Path.Combine(folder, $"contents-{Guid.NewGuid():N}.spool");
            _file = new FileStream(FilePath, FileMode.CreateNew, FileAccess.Write, FileShare.Read, ChunkLength);
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
        long offset = _length;
        for (long left = count; left > 0;)
        {
            int wanted = (int)Math.Min(left, ChunkLength);
            contents.ReadExactly(_chunk, 0, wanted);
            try
            {
                _file.Write(_chunk, 0, wanted);
            }
            catch (IOException failure)
            {
                throw Failure(failure, FilePath);
            }

            left -= wanted;
        }

        _length += count;
        return new SpoolContent(FilePath, offset, count);
    }

    /// <summary>Writes what is still buffered and leaves the file to whoever reads the contents.</summary>
    public void Keep()
    {
        try
        {
            _file.Flush();
        }
        catch (IOException failure)
        {
            throw Failure(failure, FilePath);
        }

        _kept = true;
    }

    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // The last bytes did not fit; that was reported already, or the file goes anyway.
        }

        if (!_kept)
            File.Delete(FilePath);
    }

    private MegatuxException Failure(Exception failure, string where) =>
        failure.HResult is NoSpace or QuotaExceeded
            ? _errors.Archive(ErrorCodes.SpoolDiskFull, $"the disk was full while it was unpacked to {where}. Free space there.", failure)
            : _errors.Archive(ErrorCodes.SpoolNotWritable, $"cannot unpack to {where}: {failure.Message}", failure);
}
