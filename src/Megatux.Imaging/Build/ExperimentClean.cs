using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>Undoes builds: removes all that they wrote, by their own list.</summary>
public static class ExperimentClean
{
    /// <summary>What the intermediate folder may hold of ours; all else in it is somebody else's.</summary>
    private static readonly string[] Folders = ["members", "spool", "packages", OutputSet.ReceiptsFolder];

    /// <summary>Removes outputs and intermediate files, then the folders that are empty after that.</summary>
    /// <param name="stateFolder">Full path of the intermediate folder.</param>
    /// <param name="log">Is told when another build must be waited for.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    /// <returns>How many outputs were removed.</returns>
    /// <exception cref="MegatuxException">Another build held the experiment for too long, or something cannot be removed.</exception>
    public static int Run(string stateFolder, IBuildLog log, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (!Directory.Exists(stateFolder))
            return 0;
        try
        {
            using BuildLock held = BuildLock.Take(Path.Combine(stateFolder, ExperimentBuild.LockFile), log, cancellation);
            return RemoveAll(stateFolder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Explain(failure, stateFolder);
        }
    }

    private static int RemoveAll(string stateFolder)
    {
        int removed = 0;
        foreach (string output in OutputSet.ReadList(stateFolder))
        {
            string folder = Path.GetDirectoryName(output)!;
            AtomicFile.RemoveLeftovers(folder);
            if (File.Exists(output))
            {
                File.Delete(output);
                removed++;
            }

            OutputSet.RemoveIfEmpty(folder);
            OutputSet.RemoveIfEmpty(Path.GetDirectoryName(folder)!);
        }

        foreach (string name in Folders)
            if (Directory.Exists(Path.Combine(stateFolder, name)))
                Directory.Delete(Path.Combine(stateFolder, name), recursive: true);
        if (Directory.Exists(stateFolder))
        {
            AtomicFile.RemoveLeftovers(stateFolder);
            foreach (string file in Directory.GetFiles(stateFolder, "megatux.*"))
                File.Delete(file);
            OutputSet.RemoveIfEmpty(stateFolder);
        }

        return removed;
    }
}
