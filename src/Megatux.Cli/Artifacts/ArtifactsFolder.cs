using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>
/// The folder that a build server uploads. Made aside and put in its place at once, so that it is whole, or as it was; and never
/// in the place of what this command did not make.
/// </summary>
internal static class ArtifactsFolder
{
    // The sums are 64 hexadecimal digits and two spaces before each name.
    private const int SumLength = 66;

    private const string AsidePrefix = ".megatux-tmp-", LockEnding = ".lock";

    /// <summary>Makes the folder, or makes it anew.</summary>
    /// <param name="path">A folder that is new, empty, or was made by this.</param>
    /// <param name="fill">Puts all files into an empty folder, of which the full path is given.</param>
    /// <exception cref="MegatuxException">The folder holds something else, cannot be written, or somebody writes it already; it is as it was.</exception>
    internal static void Replace(string path, Action<string> fill)
    {
        string folder = FullPath(path);
        try
        {
            RequireOurs(folder);
            string parent = Path.GetDirectoryName(folder) ?? throw NotOurs(folder, "it is the root of all");
            Directory.CreateDirectory(parent);
            string aside = Path.Combine(parent, AsidePrefix + Path.GetFileName(folder));
            using FileStream held = FileLock.Take(aside + LockEnding, FileMode.OpenOrCreate, FileOptions.DeleteOnClose)
                ?? throw new MegatuxException(ErrorCodes.ArtifactsBusy, $"{folder} is being written by somebody else: try again when that is done.");

            // What somebody left who was killed.
            Remove(aside);
            try
            {
                Directory.CreateDirectory(aside);
                fill(aside);
                Put(aside, folder);
            }
            finally
            {
                Remove(aside);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MegatuxException(ErrorCodes.ArtifactsFailed,
                $"{folder} cannot be written ({failure.Message}): see that there is space, and who may write there and beside it. It is as it was.", inner: failure);
        }
    }

    /// <summary>The folder's own path, links followed: they are not to be replaced.</summary>
    internal static string FullPath(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Directory.Exists(full) && Directory.ResolveLinkTarget(full, returnFinalTarget: true) is { } target ? Path.TrimEndingDirectorySeparator(target.FullName) : full;
    }

    // Looked at again, since it takes a while to fill one: who worked in the folder meanwhile loses nothing.
    private static void Put(string aside, string folder)
    {
        RequireOurs(folder);
        if (Directory.Exists(folder))
            FileNodes.Exchange(aside, folder);
        else
            Directory.Move(aside, folder);
    }

    private static void RequireOurs(string folder)
    {
        if (File.Exists(folder))
            throw NotOurs(folder, "it is a file");
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any())
            return;
        HashSet<string> made = Made(folder);
        if (!made.Contains(ArtifactNames.Sbom) || !made.Contains(ArtifactNames.Provenance))
            throw NotOurs(folder, $"it has no {ArtifactNames.Checksums} that lists {ArtifactNames.Sbom} and {ArtifactNames.Provenance}");
        foreach (FileSystemInfo found in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false }))
            if (!made.Contains(Path.GetRelativePath(folder, found.FullName)) || found.LinkTarget is not null)
                throw NotOurs(folder, $"{found.FullName} is not of its making");
    }

    /// <summary>Names of the files that the folder's checksums list, and of the folders that these lie in.</summary>
    private static HashSet<string> Made(string folder)
    {
        var made = new HashSet<string>(StringComparer.Ordinal);
        string sums = Path.Combine(folder, ArtifactNames.Checksums);
        if (!File.Exists(sums))
            return made;
        made.Add(ArtifactNames.Checksums);
        foreach (string line in File.ReadLines(sums).Where(line => line.Length > SumLength))
            for (string? name = line[SumLength..]; !string.IsNullOrEmpty(name); name = Path.GetDirectoryName(name))
                made.Add(name);
        return made;
    }

    private static MegatuxException NotOurs(string folder, string why) => new(ErrorCodes.NotArtifacts,
        $"{folder} was not made by megatux artifacts ({why}), and is left as it is: name an empty folder, a new one, or one that the command made.");

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
