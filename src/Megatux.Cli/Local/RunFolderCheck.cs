using Megatux.Agents;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Whether the place of an experiment's run folder is free, or holds what an earlier run left, which may be removed.</summary>
internal static class RunFolderCheck
{
    /// <summary>Looks at the place.</summary>
    /// <exception cref="MegatuxException">Something of somebody else's is there.</exception>
    internal static void Require(RunFolder files)
    {
        foreach (string place in (string[])[RunFolder.Parent, files.Path])
            if (File.Exists(place) || new DirectoryInfo(place).LinkTarget is not null)
                throw Taken(place, "is no folder");

        // A boot copies the manifest there before all else.
        if (Directory.Exists(files.Path) && !File.Exists(files.Manifest) && Directory.EnumerateFileSystemEntries(files.Path).Any())
            throw Taken(files.Path, "was not made by megatux boot");
    }

    private static MegatuxException Taken(string place, string what) => new(ErrorCodes.RunFolderTaken,
        $"{place} is where the experiment is to run, and it {what}: look what it is, and remove it, or give the experiment another {ExperimentProperties.Name}.");
}
