using System.IO.Enumeration;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Walks a folder with the fewest system calls: a listing for each folder, one look at each name. A build walks every
/// overlay and base folder each time, to notice what timestamps do not show.
/// </summary>
public static class FolderScan
{
    // include/uapi/asm-generic/errno.h
    private const int NameTooLong = 36;

    // Nothing is left out: no hidden files, no system files, no file that may not be looked at.
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
        ReturnSpecialDirectories = false,
    };

    /// <summary>Is told of one name below the root.</summary>
    /// <param name="path">Path relative to the root, components joined by '/'.</param>
    /// <param name="status">What stands there; a symbolic link is not followed.</param>
    public delegate void Visitor(string path, in FileStatus status);

    /// <summary>
    /// Visits everything below a folder: each folder before what is in it, names of one folder in ordinal order.
    /// What vanishes during the walk is not visited.
    /// </summary>
    /// <param name="root">The folder, itself not visited; may be a symbolic link to one.</param>
    /// <param name="visit">Is told of each name.</param>
    /// <param name="subject">The property or item that names the folder, for errors.</param>
    /// <param name="cancellation">Stops the walk.</param>
    /// <exception cref="MegatuxException">MTX2301: a folder cannot be read; MTX2312: a name is not UTF-8.</exception>
    public static void Walk(string root, Visitor visit, string? subject, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentNullException.ThrowIfNull(visit);
        new Walker(root, visit, subject, cancellation).Walk(root, "");
    }

    private sealed class Walker
    {
        private readonly string _root, _rootPrefix;
        private readonly Visitor _visit;
        private readonly string? _subject;
        private readonly CancellationToken _cancellation;
        private char[] _path;

        public Walker(string root, Visitor visit, string? subject, CancellationToken cancellation)
        {
            (_root, _visit, _subject, _cancellation) = (root, visit, subject, cancellation);
            _rootPrefix = _root.EndsWith('/') ? root : _root + "/";
            _path = new char[_rootPrefix.Length + 1024];
            _rootPrefix.CopyTo(_path);
        }

        public void Walk(string folder, string prefix)
        {
            foreach (string name in List(folder))
            {
                _cancellation.ThrowIfCancellationRequested();
                string relative = prefix + name;
                if (!TryLook(relative, out FileStatus status))
                    continue;

                _visit(relative, status);
                if (status.Kind == FileKind.Directory)
                    Walk(_rootPrefix + relative, relative + "/");
            }
        }

        private List<string> List(string folder)
        {
            try
            {
                var names = new List<string>(new FileSystemEnumerable<string>(folder, static (ref e) => e.FileName.ToString(), Everything));
                names.Sort(StringComparer.Ordinal);
                return names;
            }
            catch (DirectoryNotFoundException) when (folder != _root)
            {
                return [];
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw Unreadable(folder, failure);
            }
        }

        // Joins the path in one buffer: the string would be garbage at once.
        private bool TryLook(string relative, out FileStatus status)
        {
            int length = _rootPrefix.Length + relative.Length;
            if (length > _path.Length)
                Array.Resize(ref _path, length * 2);
            relative.CopyTo(_path.AsSpan(_rootPrefix.Length));
            try
            {
                if (FileStatus.TryRead(_path.AsSpan(0, length), out status))
                    return true;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw Unreadable(_rootPrefix + relative, failure);
            }

            // .NET puts this character for bytes that are not UTF-8, so that the name is not found again.
            return relative.Contains('\uFFFD', StringComparison.Ordinal)
                ? throw new MegatuxException(ErrorCodes.FolderEntryInvalid,
                    $"{_rootPrefix}{ArchiveErrors.Show(relative)}: the name is not UTF-8, which an image's names are. Rename it.", _subject)
                : false;
        }

        // What this machine cannot name, the kernel that unpacks the image cannot either.
        private MegatuxException Unreadable(string at, Exception failure) => failure is PathTooLongException || failure.HResult == NameTooLong
            ? new(ErrorCodes.FolderEntryInvalid, $"{at}: a path has at most {MemberName.LongestPath} bytes. Rename something on the way or move it up.", _subject, inner: failure)
            : new(ErrorCodes.SourceNotReadable, $"{at}: cannot be read: {failure.Message}", _subject, inner: failure);
    }
}
