using System.Security.Cryptography;

namespace Megatux.Testing;

/// <summary>
/// An experiment of a test's own in a folder that vanishes: a project file, whatever the test lays beside it, and all that
/// NuGet and the SDK need to build it from the packed SDK, in a process of its own, as a user would.
/// </summary>
public sealed class TestExperiment : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>Makes an experiment.</summary>
    /// <param name="project">The project file's text.</param>
    /// <param name="name">The project file's name without extension.</param>
    public TestExperiment(string project, string name = "test")
    {
        ProjectFile = _folder.Write($"{name}.megatux", project);
        UseSdk();
    }

    private TestExperiment(string name, bool ofRepository)
    {
        ProjectFile = _folder[$"{name}/{name}.megatux"];
        foreach (string path in Directory.EnumerateDirectories(Repository.At("experiments")))
            Command.Run("cp", ["-a", path, Folder]).Succeeded();
        foreach (string made in Directory.GetDirectories(Folder, "*").SelectMany(path => new[] { Path.Combine(path, "bin"), Path.Combine(path, "obj") }).Where(Directory.Exists))
            Directory.Delete(made, recursive: true);
        UseSdk();
    }

    /// <summary>A copy of one of the repository's own experiments, with the others beside it, since they share overlays.</summary>
    public static TestExperiment Of(string name) => new(name, ofRepository: true);

    /// <summary>How long one build may take. Tests assert no times: this only ends what hangs.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromMinutes(4);

    /// <summary>Environment of <c>dotnet build</c>: no process stays behind, none of an earlier build is used.</summary>
    public static IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",

        // What the test's own process was started with must not reach the build.
        ["MSBuildSDKsPath"] = null,
        ["MSBUILD_EXE_PATH"] = null,
        ["MSBuildExtensionsPath"] = null,
    };

    /// <summary>Full path of the experiment's folder.</summary>
    public string Folder => _folder.Path;

    /// <summary>Full path of the project file.</summary>
    public string ProjectFile { get; }

    /// <summary>Full path of something in the experiment's folder.</summary>
    public string this[string relative] => _folder[relative];

    /// <summary>Writes a text file, making its parents, and returns its full path.</summary>
    public string Write(string relative, string text) => _folder.Write(relative, text);

    /// <summary>Writes a file of bytes, making its parents, and returns its full path.</summary>
    public string Write(string relative, byte[] bytes) => _folder.Write(relative, bytes);

    /// <summary>Replaces a piece of the project file, which must be there.</summary>
    public void Edit(string old, string replacement)
    {
        string text = File.ReadAllText(ProjectFile);
        if (!text.Contains(old, StringComparison.Ordinal))
            throw new ArgumentException($"The project file does not hold '{old}'.", nameof(old));
        File.WriteAllText(ProjectFile, text.Replace(old, replacement, StringComparison.Ordinal));
    }

    /// <summary>Line of the project file, counted from 1, that holds a piece of text first.</summary>
    public int LineOf(string text) => LineOf(ProjectFile, text);

    /// <summary>Line of a file, counted from 1, that holds a piece of text first.</summary>
    public static int LineOf(string file, string text)
    {
        int index = Array.FindIndex(File.ReadAllLines(file), line => line.Contains(text, StringComparison.Ordinal));
        return index >= 0 ? index + 1 : throw new ArgumentException($"{file} does not hold '{text}'.", nameof(text));
    }

    /// <summary>Runs <c>dotnet build</c> to its end.</summary>
    public BuildResult Build(params string[] arguments) => Run("dotnet", Arguments(arguments));

    /// <summary>Builds and insists on success.</summary>
    public BuildResult BuildWell(params string[] arguments) => Build(arguments).Succeeded();

    /// <summary>Runs <c>dotnet clean</c> and insists on success.</summary>
    public BuildResult Clean() => Run("dotnet", ["clean", ProjectFile, "-nologo", "-v:n", "-tl:off"]).Succeeded();

    /// <summary>Builds from a shell command in which <c>"$@"</c> is the whole <c>dotnet build</c>.</summary>
    public BuildResult BuildWithin(string script, params string[] arguments) =>
        Run("/bin/sh", ["-c", script, "sh", "dotnet", .. Arguments(arguments)]);

    /// <summary>The arguments of <c>dotnet</c> that build this experiment.</summary>
    public string[] Arguments(params string[] more) => ["build", ProjectFile, "-nologo", "-v:n", "-tl:off", "-nodeReuse:false", .. more];

    /// <summary>SHA-256 of every file below a folder of the experiment, by its path there; empty when there is no such folder.</summary>
    public SortedDictionary<string, string> Digests(string relative = "bin")
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (Directory.Exists(this[relative]))
            foreach (string file in Directory.EnumerateFiles(this[relative], "*", SearchOption.AllDirectories))
                digests[Path.GetRelativePath(this[relative], file)] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        return digests;
    }

    /// <summary>Has the project file take the SDK from another folder of unpacked packages.</summary>
    public void UsePackagesFrom(string folder) => Write("nuget.config", $"""
        <?xml version="1.0" encoding="utf-8"?>
        <configuration>
          <config>
            <add key="globalPackagesFolder" value="{folder}" />
          </config>
          <packageSources>
            <clear />
            <add key="megatux" value="{SdkPackage.Feed}" />
          </packageSources>
        </configuration>
        """);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private void UseSdk()
    {
        File.Copy(Repository.At("global.json"), _folder["global.json"]);
        UsePackagesFrom(SdkPackage.UnpackedFolder);
    }

    private BuildResult Run(string program, string[] arguments) =>
        new(Command.Run(program, arguments, Folder, deadline: Deadline, environment: Environment));
}
