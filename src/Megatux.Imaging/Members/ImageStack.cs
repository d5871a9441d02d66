using System.Diagnostics.CodeAnalysis;

namespace Megatux.Imaging;

/// <summary>
/// What an image holds once the members up to here are unpacked one over the other: the view that the next member's
/// entries are checked against. A stack made on another sees through to it and leaves it as it is.
/// </summary>
internal sealed class ImageStack(ImageStack? below = null)
{
    private readonly Dictionary<string, StackedEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _children = new(StringComparer.Ordinal);

    /// <summary>The entry that the path names, links not followed, with the member that brought it.</summary>
    internal bool TryFind(string path, [NotNullWhen(true)] out StackedEntry? entry) =>
        _entries.TryGetValue(path, out entry) || (below is not null && below.TryFind(path, out entry));

    /// <summary>True when the directory has anything in it.</summary>
    internal bool HasChildren(string path) =>
        _children.GetValueOrDefault(path) > 0 || (below is not null && below.HasChildren(path));

    /// <summary>Lays a member's entries over what is there.</summary>
    internal void Add(string member, IEnumerable<ImageEntry> entries)
    {
        foreach (ImageEntry entry in entries)
        {
            if (!TryFind(entry.Path, out _))
            {
                string parent = ImagePath.ParentOf(entry.Path);
                _children[parent] = _children.GetValueOrDefault(parent) + 1;
            }

            _entries[entry.Path] = new StackedEntry(entry, member);
        }
    }

    /// <summary>
    /// The path as it is once every link among its components is followed (its last one too if
    /// <paramref name="followLast"/>); null when that climbs out of the root, loops, or passes through something that is
    /// there but no directory. Components that are not there stay as they are.
    /// </summary>
    internal string? Resolve(string path, bool followLast)
    {
        var left = new Stack<string>(path.Split('/').Reverse());
        string done = "";
        for (int links = 0; left.Count > 0;)
        {
            string next = ImagePath.Join(done, left.Pop());
            bool last = left.Count == 0;
            if (!TryFind(next, out StackedEntry? found) || found.Entry.Kind == EntryKind.Directory || (last && !followLast))
            {
                done = next;
                continue;
            }

            if (found.Entry.Kind != EntryKind.SymbolicLink)
                return last ? next : null;
            if (++links > ImagePath.MaxLinks || ImagePath.Combine(done, found.Entry.LinkTarget!) is not { } target)
                return null;

            // The target starts at the root, so what was walked so far is walked anew, as part of it.
            done = "";
            if (target.Length > 0)
                foreach (string part in target.Split('/').Reverse())
                    left.Push(part);
            else if (last)
                return "";
        }

        return done;
    }
}

/// <summary>An entry and the member that brought it.</summary>
internal sealed record StackedEntry(ImageEntry Entry, string Member);
