using Megatux.Equations;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>
/// Which built experiment a person means: by its project file, a folder or the manifest itself. Projects are never
/// evaluated here; the manifest that the build left says everything.
/// </summary>
internal sealed class ExperimentFile
{
    private const string ProjectExtension = ".megatux";
    private const string OutputFolder = "bin";

    private ExperimentFile(string manifestPath, string? projectPath) => (ManifestPath, ProjectPath) = (manifestPath, projectPath);

    /// <summary>Where the manifest lies, or would.</summary>
    public string ManifestPath { get; }

    /// <summary>The project that the manifest is built from; null if only the manifest is known.</summary>
    public string? ProjectPath { get; }

    /// <summary>Finds the experiment.</summary>
    /// <param name="path">A .megatux file, a folder that holds one or a manifest, or a manifest.</param>
    /// <exception cref="MegatuxException">There is no such file, or the folder holds no experiment or several.</exception>
    public static ExperimentFile Find(string path)
    {
        if (Directory.Exists(path))
            return InFolder(path);
        bool isProject = path.EndsWith(ProjectExtension, StringComparison.OrdinalIgnoreCase);
        if (!File.Exists(path))
            throw new MegatuxException(ErrorCodes.ManifestMissing,
                $"{path} does not exist: give a {ProjectExtension} file, its folder, or an {Manifest.FileName}.");
        return isProject ? OfProject(path) : new ExperimentFile(path, null);
    }

    /// <summary>Reads the manifest.</summary>
    /// <exception cref="MegatuxException">The experiment is not built, or its manifest cannot be read or trusted.</exception>
    public Manifest Load()
    {
        try
        {
            using var stream = new FileStream(ManifestPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Manifest.Read(stream, ManifestPath, EquationCompiler.Instance);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            string remedy = ProjectPath is null ? "build the experiment first" : $"build it with `dotnet build {ProjectPath}`";
            throw new MegatuxException(ErrorCodes.ManifestMissing, $"{ManifestPath} does not exist: {remedy}.", inner: missing);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new MegatuxException(ErrorCodes.ManifestMissing,
                $"{ManifestPath} cannot be read ({unreadable.Message}): give yourself access to it, or name another.", inner: unreadable);
        }
    }

    private static ExperimentFile OfProject(string project) =>
        new(Path.Combine(Path.GetDirectoryName(project)!, OutputFolder, Manifest.FileName), project);

    private static ExperimentFile InFolder(string folder)
    {
        string manifest = Path.Combine(folder, Manifest.FileName);
        if (File.Exists(manifest))
            return new ExperimentFile(manifest, null);
        string[] projects = [.. Directory.EnumerateFiles(folder, "*" + ProjectExtension).Order(StringComparer.Ordinal).Take(4)];
        return projects switch
        {
            [var only] => OfProject(only),
            [] => throw new MegatuxException(ErrorCodes.ExperimentUnclear,
                $"{folder} holds neither a {ProjectExtension} file nor an {Manifest.FileName}: name the experiment's folder."),
            _ => throw new MegatuxException(ErrorCodes.ExperimentUnclear,
                $"{folder} holds several projects ({string.Join(", ", projects.Select(Path.GetFileName))}): name one of them."),
        };
    }
}
