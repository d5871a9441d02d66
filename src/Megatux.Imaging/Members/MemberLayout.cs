using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Turns what a source gave into what a member holds: sorted, complete with parents, without what would harm the members
/// below it. The kernel reports none of these errors; it drops files and goes on.
/// </summary>
internal static class MemberLayout
{
    /// <summary>Lays out <paramref name="entries"/> over <paramref name="lower"/>.</summary>
    /// <param name="entries">In any order; of two with the same path the later one counts.</param>
    /// <param name="lower">What the members below have.</param>
    /// <param name="member">Name of the member, for messages.</param>
    /// <param name="followLinks">
    /// True for packages and programs, which are laid through the links of lower members as a package manager would
    /// (lib to usr/lib); false for overlays, where a directory over a link is the user's mistake.
    /// </param>
    /// <param name="subject">The item or property that the member comes from.</param>
    /// <exception cref="MegatuxException">An entry has no parent, or would replace what it cannot or must not.</exception>
    internal static List<ImageEntry> Arrange(
        IEnumerable<ImageEntry> entries, ImageStack lower, string member, bool followLinks, string? subject)
    {
        var byPath = new Dictionary<string, ImageEntry>(StringComparer.Ordinal);
        foreach (ImageEntry entry in entries)
        {
            ImageEntry placed = followLinks ? Follow(entry, lower) : entry;

            // A directory that only something else asked for never takes the place of one with a mode of its own.
            if (!placed.Implicit || !byPath.ContainsKey(placed.Path))
                byPath[placed.Path] = placed;
        }

        AddParents(byPath, lower);
        foreach (ImageEntry entry in byPath.Values)
            Check(entry, byPath, lower, member, subject);

        List<ImageEntry> arranged =
            [.. byPath.Values.Where(entry => !IsThereAlready(entry, lower)).Select(entry => MustBeAfresh(entry, lower) ? entry with { Afresh = true } : entry)];
        arranged.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        return arranged;
    }

    private static bool IsThereAlready(ImageEntry entry, ImageStack lower) =>
        entry.Implicit && Below(entry.Path, lower)?.Kind == EntryKind.Directory;

    /// <summary>What a lower member has at a path, links on the way followed.</summary>
    private static ImageEntry? Below(string path, ImageStack lower) =>
        lower.Resolve(ImagePath.FolderOf(path), followLast: true) is { } folder ? lower.Find(ImagePath.Join(folder, ImagePath.NameOf(path))) : null;

    /// <summary>
    /// The kernel opens and truncates a file that is there, so that all hard links of it would get the new contents; and it
    /// does not make a device node again where there is one.
    /// </summary>
    private static bool MustBeAfresh(ImageEntry entry, ImageStack lower) =>
        lower.TryFind(entry.Path, out StackedEntry? below) && below.Entry.Kind == entry.Kind && entry.Kind switch
        {
            EntryKind.File => lower.HasOtherNames(entry.Path),
            EntryKind.CharacterDevice or EntryKind.BlockDevice =>
                (below.Entry.DeviceMajor, below.Entry.DeviceMinor) != (entry.DeviceMajor, entry.DeviceMinor),
            _ => false,
        };

    private static ImageEntry Follow(ImageEntry entry, ImageStack lower)
    {
        // A directory that a lower member has as a link to one is that one; a link that is the same below stays as it is.
        bool isDirectory = entry.Kind == EntryKind.Directory;
        // MemberLayout.Check says what is wrong with a path that cannot be followed.
        string path = lower.Resolve(entry.Path, followLast: isDirectory) ?? entry.Path;
        if (isDirectory)
            return path == entry.Path ? entry : entry with { Path = path, Implicit = true };
        return entry with { Path = path, HardLinkTo = entry.HardLinkTo is { } first ? lower.Resolve(first, followLast: false) ?? first : null };
    }

    private static void AddParents(Dictionary<string, ImageEntry> byPath, ImageStack lower)
    {
        foreach (ImageEntry entry in byPath.Values.ToList())
            for (string parent = ImagePath.FolderOf(entry.Path); parent.Length > 0; parent = ImagePath.FolderOf(parent))
            {
                if (byPath.ContainsKey(parent) || Below(parent, lower) is not null)
                    break;
                byPath.Add(parent, new ImageEntry { Path = parent, Kind = EntryKind.Directory, Mode = Modes.Directory, Implicit = true, Origin = entry.Origin });
            }
    }

    private static void Check(ImageEntry entry, Dictionary<string, ImageEntry> own, ImageStack lower, string member, string? subject)
    {
        string parent = ImagePath.FolderOf(entry.Path);
        if (parent.Length > 0 && !IsDirectory(parent, entry.Path, own, lower))
            throw new MegatuxException(ErrorCodes.ParentMissing,
                $"{entry.Origin} puts {entry.Path} into {member}, but {parent} is no directory there: the kernel would drop the file without a word. Make {parent} a directory, or put the file elsewhere.", subject);

        if (!lower.TryFind(entry.Path, out StackedEntry? below) || below.Entry.Kind == entry.Kind)
            return;
        if (entry.Kind == EntryKind.Directory && below.Entry.Kind == EntryKind.SymbolicLink)
            throw new MegatuxException(ErrorCodes.DirectoryOverLink,
                $"{entry.Origin} is a directory, but {below.Member} has {entry.Path} as a symbolic link to {below.Entry.LinkTarget}: the directory would replace the link and hide what is reached through it. Put the files where the link points.", subject);
        if (below.Entry.Kind == EntryKind.Directory && lower.HasChildren(entry.Path))
            throw new MegatuxException(ErrorCodes.FileOverDirectory,
                $"{entry.Origin} would replace the directory {entry.Path} of {below.Member}, which is not empty: the kernel cannot do that and would drop it. Rename one of them.", subject);
    }

    /// <summary>True when the path is a directory by the time that <paramref name="child"/> is unpacked: members are sorted.</summary>
    private static bool IsDirectory(string path, string child, Dictionary<string, ImageEntry> own, ImageStack lower)
    {
        if (own.TryGetValue(path, out ImageEntry? entry) && entry.Kind != EntryKind.SymbolicLink)
            return entry.Kind == EntryKind.Directory;
        var both = new ImageStack(lower);
        if (entry is not null)
            both.Add("", [entry]);
        return both.Resolve(path, followLast: true) is { } real
            && (real.Length == 0
                || (own.TryGetValue(real, out ImageEntry? there) && there.Kind == EntryKind.Directory && string.CompareOrdinal(real, child) < 0)
                || (lower.TryFind(real, out StackedEntry? below) && below.Entry.Kind == EntryKind.Directory));
    }
}
