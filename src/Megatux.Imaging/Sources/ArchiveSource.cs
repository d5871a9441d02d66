using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Entries from a tar archive, plain or packed with gzip, bzip2 or zstd, told by its first bytes. Archives may be
/// hostile: nothing is written but one spool file for the contents, and everything is bounded.
/// </summary>
public static class ArchiveSource
{
    /// <summary>Reads an archive on disk.</summary>
    /// <param name="archive">Path of the archive.</param>
    /// <param name="spoolFolder">
    /// Where the files' contents go, in one new file; made if missing. It belongs to the caller, who removes it once
    /// the entries are packed. After an error nothing of ours is left in it.
    /// </param>
    /// <param name="limits">What the archive may unpack to.</param>
    /// <param name="subject">The property or item that names the archive, for errors.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The entries ordered by path; missing parents are there as implicit directories.</returns>
    /// <exception cref="MegatuxException">One of MTX2301 to MTX2311.</exception>
    public static List<ImageEntry> Read(string archive, string spoolFolder, ArchiveLimits limits, string? subject, CancellationToken cancellation)
    {
        FileStream file;
        try
        {
            file = new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MegatuxException(ErrorCodes.SourceNotReadable, $"{archive}: the archive cannot be read: {failure.Message}", subject, inner: failure);
        }

        using (file)
            return Read(file, archive, spoolFolder, limits, subject, cancellation);
    }

    /// <summary>Reads an archive from a stream, such as a program's output, to its end.</summary>
    /// <param name="archive">The archive; stays open.</param>
    /// <param name="name">What to call it in errors and in the entries' origin.</param>
    /// <param name="spoolFolder">As above.</param>
    /// <param name="limits">As above.</param>
    /// <param name="subject">As above.</param>
    /// <param name="cancellation">As above.</param>
    /// <returns>As above.</returns>
    /// <exception cref="MegatuxException">One of MTX2302 to MTX2311.</exception>
    public static List<ImageEntry> Read(Stream archive, string name, string spoolFolder, ArchiveLimits limits, string? subject, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(limits);
        var errors = new ArchiveErrors(name, subject);
        using Stream tar = Unpack(archive, errors);
        using var spool = new Spool(spoolFolder, errors);
        List<ImageEntry> entries = TarImport.Read(new TarInput(tar, errors, limits, cancellation), spool, errors, limits);
        spool.Keep();
        return entries;
    }

    private static Stream Unpack(Stream archive, ArchiveErrors errors)
    {
        try
        {
            return ArchiveFormat.Unpack(new PeekStream(archive), errors);
        }
        catch (Exception damage) when (ArchiveErrors.IsDamage(damage))
        {
            throw errors.Damaged(member: null, damage);
        }
    }
}
