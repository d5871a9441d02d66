using System.CommandLine;
using System.Globalization;
using Megatux.Imaging;
using Megatux.Model;
using static Megatux.Cli.CommandParts;

namespace Megatux.Cli;

/// <summary><c>megatux artifacts</c>.</summary>
internal static class ArtifactsCommand
{
    internal static Command Create()
    {
        var experiment = new Argument<string>("EXPERIMENT") { Description = "A built experiment: its .megatux file, the folder of that, or an experiment.json." };
        var to = new Option<string>("--to") { HelpName = "DIR", Required = true, Description = "The folder: new, empty, or made by this command, which then replaces it at once." };
        return Of("artifacts", $"""
            Put all that a build made into one folder, to upload: images, kernels, netboot files and manifest, with
            {ArtifactNames.Checksums}, {ArtifactNames.Sbom} (what went into the images, CycloneDX) and {ArtifactNames.Provenance} (what it was built
            from, SLSA). The folder is a built experiment for all other commands. The same build gives the same bytes; a time is
            in it where SOURCE_DATE_EPOCH gives one.
            Example: megatux artifacts experiments/hyperion --to artifacts/boot/hyperion
            """, [experiment, to], result =>
        {
            Make(ExperimentFile.Find(result.GetValue(experiment)!), result.GetValue(to)!, result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            return 0;
        });
    }

    private static void Make(ExperimentFile file, string to, TextWriter output, TextWriter error)
    {
        Manifest manifest = file.Load();
        string from = Path.GetDirectoryName(Path.GetFullPath(file.ManifestPath))!;
        string project = Path.GetDirectoryName(Path.GetFullPath(file.ProjectPath ?? file.ManifestPath))!, folder = ArtifactsFolder.FullPath(to);
        DateTimeOffset? time = Sbom.SourceTime(Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH"));
        GitCheckout? checkout = GitCheckout.Find(project, folder, reason => error.WriteLine($"note: {ArtifactNames.Provenance} names no commit: {reason}."));
        ArtifactsFolder.Replace(to, aside =>
        {
            ArtifactFiles files = ArtifactFiles.Copy(manifest, from, aside);
            files.Add(ArtifactNames.Sbom, Sbom.Write(manifest.Experiment.Name, SbomComponents.Of(files), time));
            files.Add(ArtifactNames.Provenance, Provenance.Write(manifest.Experiment.Name, files.Sums, checkout, SdkVersion.Find(project)));
            files.WriteSums();
        });
        FileInfo[] made = new DirectoryInfo(folder).GetFiles("*", SearchOption.AllDirectories);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{manifest.Experiment.Name}: {made.Length} files, {Sizes.Of(made.Sum(one => one.Length))} in {folder}"));
    }
}
