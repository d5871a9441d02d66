using System.IO.Compression;

namespace Megatux.Benchmarks;

/// <summary>
/// The checkout's experiments in a folder of their own, built with the SDK that it packed: measuring touches nothing of
/// the checkout's, and two copies share nothing.
/// </summary>
internal sealed class ExperimentCopy
{
    private const string SdkName = "Megatux.Sdk";

    private static readonly string[] Copied = ["laptop", "hyperion"];
    private static readonly string[] BuiltFolders = ["bin", "obj"];

    private readonly string _folder;
    private readonly (string, string)[] _environment;

    /// <summary>Copies the experiments.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="findsSdkItself">
    /// False to take the SDK from the packed package, by NuGet's resolver; true to lay it beside .NET's own SDKs, where
    /// MSBuild finds it without NuGet.
    /// </param>
    internal ExperimentCopy(string folder, bool findsSdkItself = false)
    {
        _folder = folder;
        foreach (string name in Copied)
            CopyFolder(Repository.At($"experiments/{name}"), Path.Combine(folder, name));
        if (findsSdkItself)
        {
            _environment = [("MSBuildSDKsPath", LayOutSdks(Path.Combine(folder, "sdks")))];
            return;
        }

        _environment = [];
        File.Copy(Repository.At("global.json"), Path.Combine(folder, "global.json"));
        NuGetFeed.Write(folder, Path.GetDirectoryName(Package())!);
    }

    /// <summary>Variables that a build here needs.</summary>
    internal IReadOnlyList<(string Name, string Value)> Environment => _environment;

    internal string Project(string name) => Path.Combine(_folder, name, $"{name}.megatux");

    internal string Manifest(string name) => Path.Combine(_folder, name, "bin", Model.Manifest.FileName);

    /// <summary>Builds an experiment.</summary>
    /// <returns>All that was printed.</returns>
    internal string Build(string name) => DotNet.Build(Project(name), _environment);

    /// <summary>Builds an experiment that is built already.</summary>
    /// <exception cref="InvalidOperationException">It did something, so that something else was measured.</exception>
    internal void BuildNothing(string name)
    {
        string said = Build(name);
        if (!said.Contains($"{name} is up to date", StringComparison.Ordinal))
            throw new InvalidOperationException($"{name} was to have nothing to do, but:\n{said}");
    }

    /// <summary>Removes all that building an experiment made.</summary>
    internal void Clean(string name)
    {
        foreach (string built in BuiltFolders)
            if (Directory.Exists(Path.Combine(_folder, name, built)))
                Directory.Delete(Path.Combine(_folder, name, built), recursive: true);
    }

    private static string Package() =>
        (Directory.Exists(Repository.At("artifacts/packages")) ? Directory.GetFiles(Repository.At("artifacts/packages"), SdkName + ".*.nupkg") : [])
        .SingleOrDefault() ?? throw new InvalidOperationException("artifacts/packages holds no package of the SDK: run ./build.sh Pack");

    /// <summary>Links to .NET's own SDKs, and ours beside them.</summary>
    private static string LayOutSdks(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string sdk in Directory.GetDirectories(Path.Combine(DotNet.SdkFolder(), "Sdks")))
            Directory.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(sdk)), sdk);
        ZipFile.ExtractToDirectory(Package(), Path.Combine(folder, SdkName));
        return folder;
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (FileInfo file in new DirectoryInfo(from).EnumerateFiles())
            file.CopyTo(Path.Combine(to, file.Name));
        foreach (DirectoryInfo below in new DirectoryInfo(from).EnumerateDirectories())
            if (!BuiltFolders.Contains(below.Name))
                CopyFolder(below.FullName, Path.Combine(to, below.Name));
    }
}
