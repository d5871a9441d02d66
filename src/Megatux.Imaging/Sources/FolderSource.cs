using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>Entries from a folder that holds an image's root: everything in it with its own mode and numeric owner.</summary>
public static class FolderSource
{
    /// <summary>Reads a folder. Files' contents stay where they are until they are packed.</summary>
    /// <param name="folder">The folder that becomes the root; its own mode and owner do not count.</param>
    /// <param name="subject">The property or item that names the folder, for errors.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="looked">Is told of everything that was looked at, the folder itself (as an empty path) first.</param>
    /// <returns>The entries; names of one inode are hard links, symbolic links are as they stand.</returns>
    /// <exception cref="MegatuxException">
    /// MTX2301: something cannot be read; MTX2312: a name is not UTF-8 or too long, or a file has 4 GiB or more.
    /// </exception>
    public static List<ImageEntry> Read(string folder, string? subject, CancellationToken cancellation, FolderScan.Visitor? looked = null)
    {
        // Before the walk: what changes during it must show next time.
        if (looked is not null)
            looked("", FileStatus.Read(folder));
        var entries = new List<ImageEntry>();
        var firstNames = new Dictionary<(ulong Device, ulong Inode), string>();
        FolderScan.Walk(folder, Visit, subject, cancellation);
        return entries;

        void Visit(string path, in FileStatus status)
        {
            string full = Path.Join(folder, path);
            looked?.Invoke(path, status);
            if (System.Text.Encoding.UTF8.GetByteCount(path) > MemberName.LongestPath)
                throw Invalid(full, $"its path in the image has more than {MemberName.LongestPath} bytes.");

            string? first = null;
            if (status is { Kind: FileKind.File, Nlink: > 1 } && !firstNames.TryAdd((status.Device, status.Inode), path))
                first = firstNames[(status.Device, status.Inode)];

            entries.Add(new ImageEntry
            {
                Path = path,
                Kind = KindOf(status.Kind, full),
                Mode = status.Mode,
                Uid = status.Uid,
                Gid = status.Gid,
                LinkTarget = status.Kind == FileKind.SymbolicLink ? Target(full) : null,
                HardLinkTo = first,
                DeviceMajor = status.RdevMajor,
                DeviceMinor = status.RdevMinor,
                Content = status.Kind == FileKind.File && first is null ? Contents(full, status.Size) : null,
                Origin = full,
            });
        }

        FileContent Contents(string full, long length) => length <= uint.MaxValue
            ? new FileContent(full, length)
            : throw Invalid(full, $"it has {length} bytes; an image's file has at most {uint.MaxValue}.");

        string Target(string full)
        {
            try
            {
                string target = new FileInfo(full).LinkTarget ?? "";
                return target.Contains('\uFFFD', StringComparison.Ordinal) ? throw Invalid(full, "its target is not UTF-8.") : target;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new MegatuxException(ErrorCodes.SourceNotReadable, $"{full}: cannot be read: {failure.Message}", subject, inner: failure);
            }
        }

        EntryKind KindOf(FileKind kind, string full) => kind switch
        {
            FileKind.File => EntryKind.File,
            FileKind.Directory => EntryKind.Directory,
            FileKind.SymbolicLink => EntryKind.SymbolicLink,
            FileKind.CharacterDevice => EntryKind.CharacterDevice,
            FileKind.BlockDevice => EntryKind.BlockDevice,
            FileKind.Fifo => EntryKind.Fifo,
            FileKind.Socket => EntryKind.Socket,
            _ => throw Invalid(full, "it is of a kind that an image cannot hold."),
        };

        MegatuxException Invalid(string full, string what) => new(ErrorCodes.FolderEntryInvalid, $"{full}: {what} Rename or remove it.", subject);
    }
}
