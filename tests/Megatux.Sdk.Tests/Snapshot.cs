using Megatux.Linux;

namespace Megatux.Sdk.Tests;

/// <summary>How files lie on the disk: whoever rewrites, replaces or touches one changes what stands here of it.</summary>
internal static class Snapshot
{
    /// <summary>Inode, size, modification and change time of everything in an experiment's bin and obj.</summary>
    public static SortedDictionary<string, string> Of(TestExperiment experiment, params string[] folders)
    {
        var seen = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string folder in folders.Length == 0 ? ["bin", "obj"] : folders)
        {
            string top = experiment[folder];
            if (!Directory.Exists(top))
                continue;
            foreach (string path in Directory.EnumerateFileSystemEntries(top, "*", SearchOption.AllDirectories).Append(top))
            {
                FileStatus status = FileStatus.Read(path);

                // The lock is opened by every build that has something to do, and says nothing.
                if (!path.EndsWith("/megatux.lock", StringComparison.Ordinal))
                    seen[Path.GetRelativePath(experiment.Folder, path)] = $"{status.Inode} {status.Size} {status.MtimeNs} {status.CtimeNs} {status.Mode}";
            }
        }

        return seen;
    }

    /// <summary>Files of an experiment that no finished build leaves.</summary>
    public static IEnumerable<string> Leftovers(TestExperiment experiment) =>
        new[] { "bin", "obj" }.Select(folder => experiment[folder]).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(file => file.Contains("megatux-tmp", StringComparison.Ordinal) || file.Contains("/spool/", StringComparison.Ordinal));
}
