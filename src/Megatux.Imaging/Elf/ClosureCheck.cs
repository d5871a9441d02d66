using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>What a package's files need beyond themselves and the image below.</summary>
/// <param name="Added">What this machine has of it, with the parents that it takes; ordered by path.</param>
/// <param name="Missing">What is nowhere, each name once for each file that needs it.</param>
public sealed record ClosureCheckResult(IReadOnlyList<ImageEntry> Added, IReadOnlyList<MissingLibrary> Missing);

/// <summary>Looks whether unpacked files (of a Debian package, say) find the libraries that they need.</summary>
public static class ClosureCheck
{
    /// <summary>Debuggers read these; no loader does, and their dynamic sections are empty shells.</summary>
    private const string DebugFolder = "usr/lib/debug/";

    /// <summary>
    /// Looks through every ELF program and library among <paramref name="entries"/> that is for the image's machine.
    /// A library that only its program loads, from a private folder that the program knows, counts as found when the
    /// entries hold it anywhere: it is the program's, not the loader's, to find.
    /// </summary>
    /// <param name="entries">The files, as they will be unpacked over <paramref name="lower"/>.</param>
    /// <param name="lower">The image below them.</param>
    /// <param name="options">Machine and root to search for what is lacking; <see cref="ClosureOptions.Lower"/> does not count.</param>
    /// <param name="subject">Item of the project that the entries belong to, for errors.</param>
    /// <exception cref="MegatuxException">A file is malformed, or a library of the image below is of a version that does not fit.</exception>
    public static ClosureCheckResult Missing(IEnumerable<ImageEntry> entries, IImageView lower, ClosureOptions? options = null, string? subject = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(lower);
        options ??= new ClosureOptions();
        IReadOnlyList<ImageEntry> files = entries as IReadOnlyList<ImageEntry> ?? [.. entries];
        var view = new EntriesView(files, lower);
        var source = new ClosureSource(view, new FolderView(options.Root), options.Machine);
        var added = new ClosureEntries(view);
        var names = new HashSet<string>(files.Where(entry => entry.Kind is EntryKind.File or EntryKind.SymbolicLink)
            .Select(entry => entry.Path[(entry.Path.LastIndexOf('/') + 1)..]), StringComparer.Ordinal);
        var missing = new HashSet<MissingLibrary>();
        var walk = new ClosureWalk(source, LibraryFolders.Of(options.Root, options.Machine), added)
        {
            IsPrivate = names.Contains,
            OnMissing = (library, _) => missing.Add(library),
        };
        foreach (ImageEntry entry in files)
        {
            if (entry.Kind != EntryKind.File || entry.Path.StartsWith(DebugFolder, StringComparison.Ordinal))
                continue;
            string path = "/" + entry.Path;
            if (source.FindBelow(path) is not { } found)
                continue;
            string folder = ImagePath.FolderOf(path);
            walk.Follow(new ClosureObject(found.File, path, null, folder.Length == 0 ? "/" : folder, Loader: null), subject);
        }

        return new ClosureCheckResult(added.ToList(),
            [.. missing.OrderBy(library => library.Name, StringComparer.Ordinal).ThenBy(library => library.NeededBy, StringComparer.Ordinal)]);
    }
}
