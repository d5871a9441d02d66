namespace Megatux.Imaging.Tests;

/// <summary>Entries of a base image, in few words.</summary>
internal static class Below
{
    public static ImageEntry Folder(string path) => new() { Path = path, Kind = EntryKind.Directory, Mode = 0x1ed };

    public static ImageEntry Link(string path, string target) => new() { Path = path, Kind = EntryKind.SymbolicLink, Mode = 0x1ff, LinkTarget = target };

    public static ImageEntry File(string path, byte[] bytes) =>
        new() { Path = path, Kind = EntryKind.File, Mode = 0x1ed, Content = new BytesContent(bytes), Origin = "base:" + path };
}
