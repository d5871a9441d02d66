namespace Megatux.Benchmarks;

/// <summary><c>dotnet build</c> as a whole process, the same way for us and for whom we are compared with.</summary>
internal static class DotNet
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    private static readonly Dictionary<string, string?> Quiet = new()
    {
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        // No process may outlive a build and make the next one faster.
        ["MSBUILDDISABLENODEREUSE"] = "1",
    };

    /// <summary>Builds a project.</summary>
    /// <param name="project">Full path of the project file; its folder is the current one.</param>
    /// <param name="environment">More variables.</param>
    /// <returns>All that was printed.</returns>
    internal static string Build(string project, params (string Name, string Value)[] environment)
    {
        var all = new Dictionary<string, string?>(Quiet);
        foreach ((string name, string value) in environment)
            all[name] = value;
        return Command.Run("dotnet", ["build", project, "-nologo"], Path.GetDirectoryName(project), deadline: Deadline, environment: all)
            .Succeeded().Output;
    }

    /// <summary>Full path of the SDK that builds: what its own <c>Sdks</c> folder lies in.</summary>
    internal static string SdkFolder()
    {
        // "10.0.100 [/usr/share/dotnet/sdk]", a line each; --version says which one global.json chooses.
        string version = Command.Run("dotnet", ["--version"], Repository.Root).Succeeded().Output.Trim();
        string line = Command.Run("dotnet", ["--list-sdks"], Repository.Root).Succeeded().Output.Split('\n')
            .First(line => line.StartsWith(version + " ", StringComparison.Ordinal));
        return Path.Combine(line[(line.IndexOf('[', StringComparison.Ordinal) + 1)..line.IndexOf(']', StringComparison.Ordinal)], version);
    }
}
