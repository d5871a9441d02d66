namespace Megatux.Imaging;

/// <summary>Undoes builds: removes all that they wrote, by their own list.</summary>
public static class ExperimentClean
{
    /// <summary>What the intermediate folder may hold of ours; all else in it is somebody else's.</summary>
    private static readonly string[] Folders = ["members", "spool", "packages", "receipts"];

    /// <summary>Removes outputs and intermediate files, then the folders that are empty after that.</summary>
    /// <param name="stateFolder">Full path of the intermediate folder.</param>
    /// <returns>How many outputs were removed.</returns>
    public static int Run(string stateFolder)
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

            RemoveIfEmpty(folder);
            RemoveIfEmpty(Path.GetDirectoryName(folder)!);
        }

        foreach (string name in Folders)
            if (Directory.Exists(Path.Combine(stateFolder, name)))
                Directory.Delete(Path.Combine(stateFolder, name), recursive: true);
        if (Directory.Exists(stateFolder))
        {
            AtomicFile.RemoveLeftovers(stateFolder);
            foreach (string file in Directory.GetFiles(stateFolder, "megatux.*"))
                File.Delete(file);
            RemoveIfEmpty(stateFolder);
        }

        return removed;
    }

    private static void RemoveIfEmpty(string folder)
    {
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }
}
