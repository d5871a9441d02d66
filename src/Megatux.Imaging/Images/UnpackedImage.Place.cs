namespace Megatux.Imaging;

/// <summary>One kind of record after the other.</summary>
internal sealed partial class UnpackedImage
{
    private Placement PlaceFile(ImageRecord record, string path)
    {
        if (!Clear(path, record.Entry.Kind, out UnpackedNode? removed))
            return Drop(path, $"{path} is a directory that is not empty: the kernel drops the file");
        if (FirstNameOf(record) is { } first)
            return Link(record, path, first, removed);

        if (!_nodes.TryGetValue(path, out UnpackedNode? there))
        {
            UnpackedNode made = Make(record, path);
            made.Length = record.Length;
            return new Placement(PlacementKind.Made, path, made) { Removed = removed, TakesContent = true };
        }

        // The file is opened and truncated, not replaced: its other names show the new contents too.
        there.SetModeAndOwner(record);
        there.Length = record.Length;
        return new Placement(PlacementKind.Rewritten, path, there)
        {
            TakesContent = true,
            Surprise = there.Names > 1 ? $"the file there has {there.Names} names (hard links), and the kernel changes it under all of them" : null,
        };
    }

    private Placement PlaceDirectory(ImageRecord record, string path)
    {
        Clear(path, record.Entry.Kind, out UnpackedNode? removed);
        if (_nodes.TryGetValue(path, out UnpackedNode? there))
        {
            there.SetModeAndOwner(record);
            return new Placement(PlacementKind.Kept, path, there);
        }

        return new Placement(PlacementKind.Made, path, Make(record, path))
        {
            Removed = removed,
            Surprise = removed?.Kind == EntryKind.SymbolicLink
                ? $"a directory over the symbolic link to {removed.Entry.LinkTarget} of member {removed.Member}: the kernel replaces the link, and what was reached through it is gone"
                : null,
        };
    }

    private Placement PlaceSymbolicLink(ImageRecord record, string path) =>
        Clear(path, null, out UnpackedNode? removed)
            ? new Placement(PlacementKind.Made, path, Make(record, path)) { Removed = removed }
            : Drop(path, $"{path} is a directory that is not empty: the kernel drops the link");

    private Placement PlaceSpecial(ImageRecord record, string path)
    {
        if (!Clear(path, record.Entry.Kind, out UnpackedNode? removed))
            return Drop(path, $"{path} is a directory that is not empty: the kernel drops the {record.Entry.Kind}");
        if (FirstNameOf(record) is { } first)
            return Link(record, path, first, removed);
        if (!_nodes.TryGetValue(path, out UnpackedNode? there))
            return new Placement(PlacementKind.Made, path, Make(record, path)) { Removed = removed };

        // mknod fails on what is there already, but its mode and owner are set all the same.
        there.SetModeAndOwner(record);
        (uint, uint) was = (there.Entry.DeviceMajor, there.Entry.DeviceMinor);
        return new Placement(PlacementKind.Kept, path, there)
        {
            Surprise = was == (record.Entry.DeviceMajor, record.Entry.DeviceMinor) ? null
                : $"the device there stays {was.Item1},{was.Item2}: the kernel does not change it to {record.Entry.DeviceMajor},{record.Entry.DeviceMinor}",
        };
    }

    /// <summary>maybe_link: the first name of the same inode in this member, or null for this one being the first.</summary>
    private string? FirstNameOf(ImageRecord record)
    {
        if (record.Links < 2)
            return null;
        var key = (record.InodeMajor, record.InodeMinor, record.Inode, record.Entry.Kind);
        if (_firstNames.TryGetValue(key, out string? first))
            return first;
        _firstNames.Add(key, record.Entry.Path);
        return null;
    }

    private Placement Link(ImageRecord record, string path, string first, UnpackedNode? removed)
    {
        // maybe_link clears the name whatever is there, even what it is about to link to.
        Clear(path, null, out UnpackedNode? alsoRemoved);
        removed ??= alsoRemoved;
        if (Locate(first, out string old) is not null || !_nodes.TryGetValue(old, out UnpackedNode? node) || node.Kind == EntryKind.Directory)
            return Drop(path, $"it is a hard link to {first}, which is not there any more: the kernel drops it") with { Removed = removed };

        node.Names++;
        Attach(path, node);
        bool takesContent = node.Kind == EntryKind.File && record.Length > 0;
        if (takesContent)
            node.Length = record.Length;
        if (node.Kind == EntryKind.File)
            node.SetModeAndOwner(record);
        return new Placement(PlacementKind.Linked, path, node) { Removed = removed, LinkedTo = old, TakesContent = takesContent };
    }

    /// <summary>clean_path: removes what is there and of another kind (any kind, for null); false when it cannot.</summary>
    private bool Clear(string path, EntryKind? unless, out UnpackedNode? removed)
    {
        removed = null;
        if (!_nodes.TryGetValue(path, out UnpackedNode? there) || there.Kind == unless)
            return true;
        if (there.Children > 0)
            return false;
        removed = there;
        there.Names--;
        _nodes.Remove(path);
        FolderOf(path).Children--;
        return true;
    }

    private UnpackedNode Make(ImageRecord record, string path)
    {
        var node = new UnpackedNode(_made++, record.Entry with { Path = path }, record.Member, record.ModifiedAt);
        Attach(path, node);
        return node;
    }

    private void Attach(string path, UnpackedNode node)
    {
        _nodes.Add(path, node);
        FolderOf(path).Children++;
    }

    private UnpackedNode FolderOf(string path) => ImagePath.FolderOf(path) is { Length: > 0 } folder ? _nodes[folder] : Root;
}
