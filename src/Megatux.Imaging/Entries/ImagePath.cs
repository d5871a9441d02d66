namespace Megatux.Imaging;

/// <summary>Why a path leads nowhere.</summary>
internal enum PathFault
{
    None,
    Loop,
    NotADirectory,
}

/// <summary>Where a path leads once links are followed.</summary>
/// <param name="Path">The path without links on the way, in the form of <see cref="ImageEntry.Path"/>.</param>
/// <param name="Entry">What is there; null if nothing is.</param>
/// <param name="Fault">Set if the path leads nowhere; the others then mean nothing.</param>
internal readonly record struct ResolvedPath(string Path, ImageEntry? Entry, PathFault Fault = PathFault.None);

/// <summary>
/// Paths inside images: relative, '/' between components. Links are followed as the kernel does, the image's root being
/// the root.
/// </summary>
internal static class ImagePath
{
    /// <summary>As many links as the kernel follows (MAXSYMLINKS).</summary>
    public const int MostLinks = 40;

    /// <summary>
    /// Resolves a path, absolute or relative to the root. Names that do not exist are taken as they are: whatever will
    /// be made there is a directory or file, never a link.
    /// </summary>
    public static ResolvedPath Resolve(IImageView view, string path, bool followLast)
    {
        var done = new List<string>();
        var pending = new Stack<string>();
        Push(pending, path);
        ImageEntry? entry = null;
        int links = 0;
        while (pending.TryPop(out string? name))
        {
            if (name == "..")
            {
                if (done.Count > 0)
                    done.RemoveAt(done.Count - 1);
                entry = null;
                continue;
            }

            string here = done.Count == 0 ? name : string.Join('/', done) + "/" + name;
            entry = view.Find(here);
            if (entry is { Kind: EntryKind.SymbolicLink, LinkTarget: { } target } && (followLast || pending.Count > 0))
            {
                if (++links > MostLinks)
                    return new ResolvedPath(here, null, PathFault.Loop);
                if (target.StartsWith('/'))
                    done.Clear();
                Push(pending, target);
                entry = null;
                continue;
            }

            if (pending.Count > 0 && entry is { Kind: not EntryKind.Directory })
                return new ResolvedPath(here, null, PathFault.NotADirectory);
            done.Add(name);
        }

        string resolved = string.Join('/', done);

        // After ".." or a link to the root, the last name looked up is not the one the path ends at.
        return new ResolvedPath(resolved, entry?.Path == resolved ? entry : resolved.Length == 0 ? null : view.Find(resolved));
    }

    /// <summary>The file that a path leads to, hard links resolved; null if there is none.</summary>
    public static (string Path, ImageEntry Entry, Content Content)? FindFile(IImageView view, string path)
    {
        ResolvedPath found = Resolve(view, path, followLast: true);
        if (found is not { Fault: PathFault.None, Entry: { Kind: EntryKind.File } entry })
            return null;
        Content? content = entry.Content ?? (entry.HardLinkTo is { } first ? view.Find(first)?.Content : null);
        return content is null ? null : (found.Path, entry, content);
    }

    /// <summary>The folder of a path: "" for a name in the root.</summary>
    public static string FolderOf(string path) => path.LastIndexOf('/') is >= 0 and var cut ? path[..cut] : "";

    /// <summary>The last name of a path.</summary>
    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>A name, or a relative or absolute link target, as seen from a folder.</summary>
    public static string Join(string folder, string name) =>
        name.StartsWith('/') ? name : folder.Length == 0 ? name : folder + "/" + name;

    private static void Push(Stack<string> pending, string path)
    {
        string[] names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int i = names.Length - 1; i >= 0; i--)
            if (names[i] != ".")
                pending.Push(names[i]);
    }

    /// <summary>
    /// What a link's <paramref name="target"/> means in <paramref name="folder"/>, taken as text: null when it climbs out of
    /// the root, which works on the machine that has the link but not in an image.
    /// </summary>
    public static string? Normalize(string folder, string target)
    {
        var parts = new List<string>();
        foreach (string part in Join(folder, target).Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count == 0)
                return null;
            else
                parts.RemoveAt(parts.Count - 1);
        }

        return string.Join('/', parts);
    }
}
