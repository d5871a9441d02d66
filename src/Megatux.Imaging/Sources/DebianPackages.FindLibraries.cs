using Megatux.Model;

namespace Megatux.Imaging;

public sealed partial class DebianPackages
{
    // A library is seldom more than two steps away; the whole of what a large package pulls in is hundreds of packages.
    private const int DeepestSearch = 6, MostPackages = 64, MostLinks = 8;

    /// <summary>
    /// Looks for shared libraries in the packages that a package depends on, nearest first, and downloads them for it
    /// until each library is found, but 64 packages and 6 steps at most.
    /// </summary>
    /// <param name="package">Name of a package, or path of a .deb file; itself not searched.</param>
    /// <param name="version">The exact version wanted, or null.</param>
    /// <param name="sonames">File names of the libraries, such as <c>libevent-2.1.so.7</c>.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="MegatuxException">The package itself cannot be read: one of MTX2401 to MTX2406.</exception>
    public LibrarySearch FindLibraries(string package, string? version, IEnumerable<string> sonames, CancellationToken cancellation)
    {
        var missing = new SortedSet<string>(sonames, StringComparer.Ordinal);
        var found = new SortedDictionary<string, ImageEntry>(StringComparer.Ordinal);
        var providers = new Dictionary<string, string>(StringComparer.Ordinal);
        var unread = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { package };
        List<string> level = missing.Count == 0 ? [] : LibrariesFirst(DependenciesOf(Resolve(package, version, cancellation), cancellation), seen);
        for (int depth = 1, searched = 0; depth <= DeepestSearch && level.Count > 0 && missing.Count > 0 && searched < MostPackages; depth++)
        {
            if (level.Count > MostPackages - searched)
                level.RemoveRange(MostPackages - searched, level.Count - MostPackages + searched);
            searched += level.Count;
            Prefetch(level, cancellation);
            var below = new List<string>();
            foreach (string name in level)
            {
                if (missing.Count == 0)
                    break;
                try
                {
                    string deb = Fetch(name, version: null, cancellation);
                    SearchOne(name, deb, missing, found, providers, cancellation);
                    below.AddRange(DependenciesOf(deb, cancellation));
                }
                catch (MegatuxException problem)
                {
                    // The library may be in another package; the reason is told if it is not.
                    unread.Add(problem.Message);
                }
            }

            level = LibrariesFirst(below, seen);
        }

        return new LibrarySearch([.. found.Values], providers, [.. missing], unread);
    }

    // Packages of libraries are small and most often what is looked for.
    private static List<string> LibrariesFirst(List<string> names, HashSet<string> seen)
    {
        List<string> fresh = names.FindAll(seen.Add), ordered = fresh.FindAll(IsLibrary);
        ordered.AddRange(fresh.FindAll(static n => !IsLibrary(n)));
        return ordered;

        static bool IsLibrary(string name) => name.StartsWith("lib", StringComparison.Ordinal);
    }

    private void SearchOne(string package, string deb, SortedSet<string> missing, SortedDictionary<string, ImageEntry> found,
        Dictionary<string, string> providers, CancellationToken cancellation)
    {
        string spool = Path.Combine(_spoolFolder, $"package-{package}-{Guid.NewGuid():N}");
        bool any = false;
        try
        {
            var entries = new SortedDictionary<string, ImageEntry>(StringComparer.Ordinal);
            foreach (ImageEntry entry in ReadDeb(deb, $"package {package}", spool, cancellation))
                entries.Add(entry.Path, entry);
            foreach (string soname in (string[])[.. missing])
            {
                if (Library(soname, entries) is not { } chain)
                    continue;
                foreach (ImageEntry entry in chain)
                    AddWithFolders(entry, found);
                missing.Remove(soname);
                providers.Add(soname, package);
                any = true;
            }
        }
        finally
        {
            if (!any && Directory.Exists(spool))
                Directory.Delete(spool, recursive: true);
        }
    }

    // The links from a soname to a file, and the file; of several, that in the highest folder, as private copies lie deeper.
    private static List<ImageEntry>? Library(string soname, SortedDictionary<string, ImageEntry> entries)
    {
        ImageEntry? start = null;
        foreach (ImageEntry entry in entries.Values)
        {
            if (entry.Kind is EntryKind.File or EntryKind.SymbolicLink && entry.Path.EndsWith("/" + soname, StringComparison.Ordinal)
                && (entry.Path.StartsWith("lib", StringComparison.Ordinal) || entry.Path.StartsWith("usr/lib", StringComparison.Ordinal))
                && (start is null || entry.Path.Count('/') < start.Path.Count('/')))
            {
                start = entry;
            }
        }

        var chain = new List<ImageEntry>();
        for (ImageEntry? at = start; at is not null && chain.Count < MostLinks; at = entries.GetValueOrDefault(Follow(at)))
        {
            if (at.Kind == EntryKind.File)
            {
                // The other names of the file stay behind.
                chain.Add(at.HardLinkTo is { } first ? at with { HardLinkTo = null, Content = entries[first].Content } : at);
                return chain;
            }

            if (at.Kind != EntryKind.SymbolicLink)
                return null;
            chain.Add(at);
        }

        return null;
    }

    private static string Follow(ImageEntry link) =>
        Path.GetFullPath(link.LinkTarget!, "/" + Path.GetDirectoryName(link.Path)).TrimStart('/');

    private static void AddWithFolders(ImageEntry entry, SortedDictionary<string, ImageEntry> found)
    {
        found[entry.Path] = entry;
        for (int slash = entry.Path.LastIndexOf('/'); slash > 0; slash = entry.Path.LastIndexOf('/', slash - 1))
        {
            string folder = entry.Path[..slash];
            found.TryAdd(folder, new ImageEntry
            {
                Path = folder, Kind = EntryKind.Directory, Mode = EntryTree.ImplicitMode, Implicit = true, Origin = entry.Origin,
            });
        }
    }
}
