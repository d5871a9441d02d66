using System.Diagnostics.CodeAnalysis;

namespace Megatux.Imaging;

/// <summary>
/// What an image holds once the members up to here are unpacked one over the other: the view that the next member's
/// entries are checked against. A stack made on another sees through to it and leaves it as it is.
/// </summary>
internal sealed class ImageStack(ImageStack? below = null) : IImageView
{
    private readonly Dictionary<string, StackedEntry> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _linked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _children = new(StringComparer.Ordinal);

    /// <summary>The entry that the path names, links not followed, with the member that brought it.</summary>
    internal bool TryFind(string path, [NotNullWhen(true)] out StackedEntry? entry) =>
        _entries.TryGetValue(path, out entry) || (below is not null && below.TryFind(path, out entry));

    /// <summary>True when the directory has anything in it.</summary>
    internal bool HasChildren(string path) =>
        _children.GetValueOrDefault(path) > 0 || (below is not null && below.HasChildren(path));

    /// <summary>True when the file had other names (hard links) in a member: it may still share its contents with them.</summary>
    internal bool HasOtherNames(string path) => _linked.Contains(path) || (below is not null && below.HasOtherNames(path));

    /// <summary>Lays a member's entries over what is there.</summary>
    internal void Add(string member, IEnumerable<ImageEntry> entries)
    {
        foreach (ImageEntry entry in entries)
        {
            if (!TryFind(entry.Path, out _))
            {
                string parent = ImagePath.FolderOf(entry.Path);
                _children[parent] = _children.GetValueOrDefault(parent) + 1;
            }

            if (entry.HardLinkTo is { } first)
            {
                _linked.Add(first);
                _linked.Add(entry.Path);
            }

            _entries[entry.Path] = new StackedEntry(entry, member);
        }
    }

    /// <inheritdoc/>
    public ImageEntry? Find(string path) => TryFind(path, out StackedEntry? found) ? found.Entry : null;

    /// <summary>
    /// The path as it is once every link among its components is followed (its last one too if
    /// <paramref name="followLast"/>); null when that loops or passes through something that is there but no directory.
    /// </summary>
    internal string? Resolve(string path, bool followLast) =>
        ImagePath.Resolve(this, path, followLast) is { Fault: PathFault.None } resolved ? resolved.Path : null;
}

/// <summary>An entry and the member that brought it.</summary>
internal sealed record StackedEntry(ImageEntry Entry, string Member);
