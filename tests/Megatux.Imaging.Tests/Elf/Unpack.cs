namespace Megatux.Imaging.Tests;

/// <summary>Lays entries out on disk as the kernel would, refusing what it would drop: a file without its parent.</summary>
internal static class Unpack
{
    public static void To(string root, IEnumerable<ImageEntry> entries)
    {
        foreach (ImageEntry entry in entries)
        {
            string path = Path.Combine(root, entry.Path);
            Assert.True(Directory.Exists(Path.GetDirectoryName(path)), $"{entry.Path} comes before its parent");
            switch (entry.Kind)
            {
                case EntryKind.Directory:
                    Directory.CreateDirectory(path);
                    break;
                case EntryKind.SymbolicLink:
                    File.CreateSymbolicLink(path, entry.LinkTarget!);
                    break;
                default:
                    using (Stream from = entry.Content!.Open())
                    using (FileStream to = File.Create(path))
                        from.CopyTo(to);
                    File.SetUnixFileMode(path, (UnixFileMode)entry.Mode);
                    break;
            }
        }
    }
}
