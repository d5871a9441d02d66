using Megatux.Agents;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Whether the place of an experiment's run folder is free, or holds what an earlier run left, which may be removed.</summary>
internal static class RunFolderCheck
{
    /// <summary>What to do about a conflict.</summary>
    internal const string Remedy = $"look what it is, and remove it, or give the experiment another {ExperimentProperties.Name}";

    /// <summary>Insists that the place may be used.</summary>
    /// <exception cref="MegatuxException">Something of somebody else's is there.</exception>
    internal static void Require(RunFolder files)
    {
        if (Conflict(files) is { } conflict)
            throw new MegatuxException(ErrorCodes.RunFolderTaken, $"{conflict}: {Remedy}.");
    }

    /// <summary>What of somebody else's is there; null if nothing is.</summary>
    internal static string? Conflict(RunFolder files)
    {
        foreach (string place in (string[])[RunFolder.Parent, files.Path])
            if (File.Exists(place) || new DirectoryInfo(place).LinkTarget is not null)
                return Taken(place, "is no folder");

        // A boot copies the manifest there before all else.
        if (Directory.Exists(files.Path) && !File.Exists(files.Manifest) && Directory.EnumerateFileSystemEntries(files.Path).Any())
            return Taken(files.Path, "was not made by megatux boot");
        return null;
    }

    private static string Taken(string place, string what) => $"{place} is where the experiment is to run, and it {what}";
}
