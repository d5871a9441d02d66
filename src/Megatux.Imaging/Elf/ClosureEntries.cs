using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>The entries that a closure has come to so far, seen over the lower image.</summary>
internal sealed class ClosureEntries(IImageView lower) : IImageView
{
    private const int ComparePiece = 1 << 16;

    private readonly SortedDictionary<string, ImageEntry> _entries = new(StringComparer.Ordinal);

    public ImageEntry? Find(string path) => _entries.GetValueOrDefault(path) ?? lower.Find(path);

    public IReadOnlyList<ImageEntry> ToList() => [.. _entries.Values];

    /// <summary>Adds a file or link at a path whose parents are no links, and those parents that nobody has yet.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="mayReplace">
    /// Whether it may take the place of another file of the lower image: a program that was asked for may, a library
    /// that merely comes along may not, since programs of the lower image use the one that is there.
    /// </param>
    /// <param name="subject">Item of the project at fault, for errors.</param>
    public void Put(ImageEntry entry, bool mayReplace, string? subject)
    {
        PutParents(entry, subject);
        if (_entries.TryGetValue(entry.Path, out ImageEntry? ours))
        {
            if (!Same(ours, entry))
                throw Conflict(entry, ours, subject);
            return;
        }

        ImageEntry? below = lower.Find(entry.Path);
        if (below is not null)
        {
            if (below.Kind == EntryKind.Directory)
                throw Conflict(entry, below, subject);
            if (Same(below, entry) && (!mayReplace || below.Mode == entry.Mode))
                return;
            if (!mayReplace)
                throw Conflict(entry, below, subject);
        }

        _entries.Add(entry.Path, entry);
    }

    private void PutParents(ImageEntry entry, string? subject)
    {
        for (int cut = entry.Path.IndexOf('/'); cut >= 0; cut = entry.Path.IndexOf('/', cut + 1))
        {
            string parent = entry.Path[..cut];
            ImageEntry? there = Find(parent);
            if (there is null)
                _entries.Add(parent, new ImageEntry { Path = parent, Kind = EntryKind.Directory, Mode = Modes.Directory, Implicit = true, Origin = entry.Origin });
            else if (there.Kind != EntryKind.Directory)
                throw Conflict(entry, there, subject);
        }
    }

    private bool Same(ImageEntry one, ImageEntry other)
    {
        if (one.Kind != other.Kind)
            return false;
        if (one.Kind == EntryKind.SymbolicLink)
            return one.LinkTarget == other.LinkTarget;
        Content? first = ContentOf(one);
        Content? second = ContentOf(other);
        if (first is null || second is null || first.Length != second.Length)
            return false;
        return (first is FileContent a && second is FileContent b && a.Path == b.Path) || SameBytes(first, second);
    }

    private Content? ContentOf(ImageEntry entry) =>
        entry.Content ?? (entry.HardLinkTo is { } first ? Find(first)?.Content : null);

    private static bool SameBytes(Content one, Content other)
    {
        using Stream first = one.Open();
        using Stream second = other.Open();
        var a = new byte[ComparePiece];
        var b = new byte[ComparePiece];
        while (true)
        {
            int had = first.ReadAtLeast(a, a.Length, throwOnEndOfStream: false);
            int has = second.ReadAtLeast(b, b.Length, throwOnEndOfStream: false);
            if (!a.AsSpan(0, had).SequenceEqual(b.AsSpan(0, has)))
                return false;
            if (had < a.Length)
                return true;
        }
    }

    private static MegatuxException Conflict(ImageEntry entry, ImageEntry there, string? subject) => new(ErrorCodes.ClosureConflict,
        $"{entry.Origin} belongs at /{entry.Path} of the image, where /{there.Path} is {Describe(there)}. "
        + "Give the program another path in the image, or use a base and programs of one release.", subject);

    private static string Describe(ImageEntry entry)
    {
        string what = entry.Kind switch
        {
            EntryKind.Directory => "a directory",
            EntryKind.SymbolicLink => $"a link to {entry.LinkTarget}",
            EntryKind.File => "a different file",
            _ => "a device, pipe or socket",
        };
        return entry.Origin.Length == 0 ? what : $"{what} (from {entry.Origin})";
    }
}
