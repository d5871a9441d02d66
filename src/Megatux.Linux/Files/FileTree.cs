namespace Megatux.Linux;

/// <summary>Whole folders.</summary>
public static class FileTree
{
    /// <summary>Gives all files of a folder second names in a new one: nothing is copied but the folders themselves.</summary>
    /// <param name="existing">The folder.</param>
    /// <param name="path">A name that does not exist yet, on the same file system.</param>
    /// <exception cref="IOException">The name exists, or there is no room; what was made is gone again.</exception>
    public static void Link(string existing, string path)
    {
        try
        {
            Copy(new DirectoryInfo(existing), path);
        }
        catch
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            throw;
        }
    }

    private static void Copy(DirectoryInfo existing, string path)
    {
        Directory.CreateDirectory(path, existing.UnixFileMode);
        foreach (FileSystemInfo entry in existing.EnumerateFileSystemInfos())
        {
            string name = Path.Combine(path, entry.Name);
            if (entry is DirectoryInfo { LinkTarget: null } folder)
                Copy(folder, name);
            else
                FileNodes.Link(entry.FullName, name);
        }
    }
}
