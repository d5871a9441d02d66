namespace Nuke.Common.IO;

/// <summary>What can be done with what lies at a path.</summary>
public static class AbsolutePathExtensions
{
    /// <summary>Whether a file is there.</summary>
    public static bool FileExists(this AbsolutePath path) => File.Exists(path);

    /// <summary>Whether a folder is there.</summary>
    public static bool DirectoryExists(this AbsolutePath path) => Directory.Exists(path);

    /// <summary>Makes the folder and its parents, where they are missing.</summary>
    public static AbsolutePath CreateDirectory(this AbsolutePath path)
    {
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>Removes the folder and all in it, where it is there.</summary>
    public static void DeleteDirectory(this AbsolutePath path)
    {
        if (path.DirectoryExists())
            Directory.Delete(path, recursive: true);
    }

    /// <summary>All text of the file.</summary>
    public static string ReadAllText(this AbsolutePath path) => File.ReadAllText(path);

    /// <summary>Writes the file, making its parents; the text is ended with a line break.</summary>
    public static void WriteAllText(this AbsolutePath path, string content)
    {
        path.Parent.CreateDirectory();
        File.WriteAllText(path, content.TrimEnd('\r', '\n') + '\n');
    }

    /// <summary>The folders in a folder.</summary>
    public static IEnumerable<AbsolutePath> GetDirectories(this AbsolutePath path, string pattern = "*") =>
        Directory.EnumerateDirectories(path, pattern).Order(StringComparer.Ordinal).Select(found => (AbsolutePath)found);

    /// <summary>The files below a folder that match any of the patterns, such as <c>experiments/*/*.json</c>, in order.</summary>
    public static IReadOnlyCollection<AbsolutePath> GlobFiles(this AbsolutePath directory, params string[] patterns) =>
        Glob(directory, patterns, Directory.EnumerateFiles);

    /// <summary>The folders below a folder that match any of the patterns, in order.</summary>
    public static IReadOnlyCollection<AbsolutePath> GlobDirectories(this AbsolutePath directory, params string[] patterns) =>
        Glob(directory, patterns, Directory.EnumerateDirectories);

    private static AbsolutePath[] Glob(string directory, string[] patterns, Func<string, string, IEnumerable<string>> enumerate)
    {
        SortedSet<string> found = new(StringComparer.Ordinal);
        foreach (string pattern in patterns)
        {
            string[] parts = pattern.Split('/');
            IEnumerable<string> folders = parts[..^1].Aggregate<string, IEnumerable<string>>([directory],
                (level, part) => level.SelectMany(folder => Directory.EnumerateDirectories(folder, part)));
            found.UnionWith(folders.SelectMany(folder => enumerate(folder, parts[^1])));
        }
        return [.. found.Select(path => (AbsolutePath)path)];
    }
}
