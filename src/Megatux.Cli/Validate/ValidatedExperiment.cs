using Megatux.Model;

namespace Megatux.Cli;

/// <summary>An experiment that runs, with what is to hold of it.</summary>
/// <param name="Running">The experiment.</param>
/// <param name="Manifest">The build that its nodes are to be of.</param>
/// <param name="Nodes">The nodes that are to be there.</param>
/// <param name="Checks">What its project declares.</param>
internal sealed record ValidatedExperiment(RunningExperiment Running, Manifest Manifest, NodeSet Nodes, IReadOnlyList<Validation> Checks)
{
    /// <summary>The one that a person means: by its name as it was booted, by its file as it is built now.</summary>
    /// <param name="asked">Its name, file or folder.</param>
    /// <param name="all">Whether nodes are to be there that were left out when it was booted.</param>
    /// <exception cref="MegatuxException">It does not run, or its files cannot be read.</exception>
    internal static ValidatedExperiment Find(string asked, bool all)
    {
        var running = RunningExperiment.Find(asked);
        ExperimentFile file = ExperimentFile.Find(running.Name == asked ? running.Files.Manifest : asked);
        Manifest manifest = file.Load();
        Experiment plan = manifest.Experiment;
        NodeSet nodes = !all && File.Exists(running.Files.Only) ? NodeSet.Parse(File.ReadAllText(running.Files.Only)) : plan.Everything;
        string checks = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file.ManifestPath))!, ValidationList.FileName);
        return new ValidatedExperiment(running, manifest, nodes, Read(checks, plan));
    }

    private static IReadOnlyList<Validation> Read(string file, Experiment plan)
    {
        if (!File.Exists(file))
            return [];
        try
        {
            // One that is too long is refused without being read to its end.
            using FileStream stream = File.OpenRead(file);
            byte[] bytes = new byte[ValidationList.MaxLength + 1];
            return ValidationList.Parse(bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)), file, plan).Checks;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new MegatuxException(ErrorCodes.ValidationFileMalformed, $"{file} cannot be read ({unreadable.Message}): give yourself access to it, or build the experiment again.", inner: unreadable);
        }
    }
}
