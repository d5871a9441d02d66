using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>Does on disk what <see cref="UnpackedImage"/> did without one.</summary>
public sealed partial class ImageExtraction
{
    private const UnixFileMode SetIdBits = UnixFileMode.SetUser | UnixFileMode.SetGroup;

    private void Apply(ImageRecord record, Placement placement, ImageReader reader)
    {
        bool wanted = _selection.Wants(placement.Path);
        if (wanted && placement.Removed is { } removed)
            Remove(placement.Path, removed);
        if (placement.Node is not { } node)
            return;
        if (!wanted)
        {
            // Another name of the file was asked for: it has these contents from now on.
            if (placement.TakesContent && _places.TryGetValue(node.Number, out string? place))
                WriteContent(place, node, reader, isNew: false);
            return;
        }

        string path = OnDisk(placement.Path);
        switch (placement.Kind)
        {
            case PlacementKind.Made when Make(record.Entry, node, path, reader):
                _places[node.Number] = path;
                _summary.Names++;
                break;
            case PlacementKind.Linked when Link(placement, node, path, reader):
                _places.TryAdd(node.Number, path);
                _summary.Names++;
                break;
            case PlacementKind.Rewritten:
                WriteContent(path, node, reader, isNew: false);
                break;
            case PlacementKind.Kept when node.Kind != EntryKind.Directory && IsThere(path):
                SetModeAndOwner(path, node.Entry);
                break;
        }
    }

    private bool Make(ImageEntry entry, UnpackedNode node, string path, ImageReader reader)
    {
        switch (entry.Kind)
        {
            case EntryKind.File:
                WriteContent(path, node, reader, isNew: true);
                return true;
            case EntryKind.Directory:
                Directory.CreateDirectory(path, WhileUnpacking);
                ExpectKind(path, FileKind.Directory);
                return true;
            case EntryKind.SymbolicLink:
                File.CreateSymbolicLink(path, entry.LinkTarget!);
                SetOwner(path, entry);
                return true;
            default:
                return TryMakeSpecial(path, entry);
        }
    }

    private bool TryMakeSpecial(string path, ImageEntry entry)
    {
        bool isDevice = entry.Kind is EntryKind.CharacterDevice or EntryKind.BlockDevice;
        FileKind kind = Enum.Parse<FileKind>(entry.Kind.ToString());
        try
        {
            if (!isDevice || _asRoot)
            {
                FileNodes.Make(path, kind, entry.DeviceMajor, entry.DeviceMinor);
                SetModeAndOwner(path, entry);
                return true;
            }
        }
        catch (UnauthorizedAccessException) when (isDevice && !IsThere(path))
        {
            // Root in a container may be forbidden it all the same.
        }

        _summary.SkippedDevices++;
        return false;
    }

    private bool Link(Placement placement, UnpackedNode node, string path, ImageReader reader)
    {
        // The name that it is a link of may be one that nobody asked for, and another of the file's names not.
        string? there = _selection.Wants(placement.LinkedTo!) ? OnDisk(placement.LinkedTo!) : _places.GetValueOrDefault(node.Number);
        if (there is not null && IsThere(there))
        {
            FileNodes.Link(there, path);
            if (placement.TakesContent)
                WriteContent(path, node, reader, isNew: false);
            else if (node.Kind == EntryKind.File)
                SetModeAndOwner(path, node.Entry);
            return true;
        }

        if (node.Kind != EntryKind.File)
            return Make(node.Entry, node, path, reader);
        if (!placement.TakesContent && node.Length > 0)
            _contentMissing.Add(node.Number);
        WriteContent(path, node, reader, isNew: true);
        return true;
    }

    private void WriteContent(string path, UnpackedNode node, ImageReader reader, bool isNew)
    {
        var options = new FileStreamOptions { Access = FileAccess.Write, Mode = FileMode.Truncate, BufferSize = 0 };
        if (isNew)
        {
            // O_EXCL: whatever else may be there is neither followed nor overwritten.
            options.Mode = FileMode.CreateNew;
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        else
        {
            ExpectKind(path, FileKind.File);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using (var file = new FileStream(path, options))
            while (reader.ReadContent(_buffer) is > 0 and int read)
            {
                file.Write(_buffer, 0, read);
                _summary.ContentLength += read;
            }

        SetModeAndOwner(path, node.Entry);
    }

    private static bool IsThere(string path) => FileStatus.TryRead(path, out _);

    private void Remove(string path, UnpackedNode removed)
    {
        string there = OnDisk(path);
        if (removed.Kind == EntryKind.Directory)
            Directory.Delete(there);
        else
            File.Delete(there);
        if (_places.GetValueOrDefault(removed.Number) == there)
            _places.Remove(removed.Number);
        _summary.Names--;
    }

    /// <summary>Folders get their modes last: one that may not be written could not be filled.</summary>
    private void FinishFolders(UnpackedImage image)
    {
        foreach ((string path, UnpackedNode node) in image.Nodes.OrderByDescending(name => name.Key, StringComparer.Ordinal))
            if (node.Kind == EntryKind.Directory && _selection.Wants(path))
                SetModeAndOwner(OnDisk(path), node.Entry);
        if (image.RootIsGiven)
            SetModeAndOwner(_folder, image.Root.Entry);
    }

    private void SetModeAndOwner(string path, ImageEntry entry)
    {
        bool owned = SetOwner(path, entry);
        var mode = (UnixFileMode)entry.Mode;
        File.SetUnixFileMode(path, owned ? mode : mode & ~SetIdBits);
    }

    /// <summary>Gives the name to its owner; false when that is not for this user to do.</summary>
    private bool SetOwner(string path, ImageEntry entry)
    {
        try
        {
            if (_asRoot)
            {
                FileNodes.ChangeOwner(path, entry.Uid, entry.Gid);
                return true;
            }
        }
        catch (UnauthorizedAccessException)
        {
            // Root in a user namespace may be forbidden it all the same.
        }

        _summary.SkippedOwners++;
        return false;
    }

    /// <summary>Only somebody who writes into the folder at the same time can have put something else there.</summary>
    private static void ExpectKind(string path, FileKind kind)
    {
        if (!FileStatus.TryRead(path, out FileStatus status) || status.Kind != kind)
            throw new MegatuxException(ErrorCodes.ExtractionRefused, $"{path} was replaced while it was unpacked: unpack where nothing else writes.");
    }
}
