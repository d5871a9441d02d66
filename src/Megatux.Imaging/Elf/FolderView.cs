namespace Megatux.Imaging;

/// <summary>A folder of this machine seen as an image's root. Owners are given as root's, modes as <see cref="CheckoutMode"/> has them.</summary>
/// <param name="root">The folder: "/" for the machine itself.</param>
/// <param name="looked">Is told of every path that was asked for, unless a directory is there.</param>
public sealed class FolderView(string root, Action<string>? looked = null) : IImageView
{
    /// <summary>The folder.</summary>
    public string Root { get; } = root;

    /// <summary>Path on this machine of a path inside the folder.</summary>
    public string PathOf(string path) => Path.Combine(Root, path);

    /// <inheritdoc/>
    public ImageEntry? Find(string path)
    {
        string full = PathOf(path);
        ImageEntry? found = Look(path, full);
        if (found?.Kind != EntryKind.Directory)
            looked?.Invoke(full);
        return found;
    }

    private static ImageEntry? Look(string path, string full)
    {
        var file = new FileInfo(full);
        if (file.LinkTarget is { } target)
            return new ImageEntry { Path = path, Kind = EntryKind.SymbolicLink, Mode = Modes.Link, LinkTarget = target, Origin = full };
        if (file.Exists)
        {
            return new ImageEntry
            {
                Path = path,
                Kind = EntryKind.File,
                Mode = CheckoutMode.Of((int)file.UnixFileMode),
                Content = new FileContent(full, file.Length),
                Origin = full,
            };
        }

        var folder = new DirectoryInfo(full);
        return folder.Exists
            ? new ImageEntry { Path = path, Kind = EntryKind.Directory, Mode = CheckoutMode.Of((int)folder.UnixFileMode), Origin = full }
            : null;
    }
}
