using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.Tooling;

/// <summary>
/// What ./build.sh runs. Targets only call what the solution, the MSBuild SDK and the megatux command do themselves.
/// </summary>
sealed partial class Build : NukeBuild
{
    [Parameter("Configuration that the solution is built in: Release unless given.")]
    readonly string Configuration = "Release";

    [Parameter("Name of the one experiment to build or boot; without it all are built and laptop is booted.")]
    readonly string? Experiment;

    static AbsolutePath Solution => RootDirectory / "megatux.slnx";
    static AbsolutePath OutputFolder => RootDirectory / "artifacts";
    static AbsolutePath AgentFolder => OutputFolder / "agents";
    static AbsolutePath Packages => OutputFolder / "packages";
    static AbsolutePath UnpackedPackages => OutputFolder / "nuget";
    static AbsolutePath Megatux => OutputFolder / "bin" / "megatux";

    public static int Main() => Execute<Build>(x => x.Default);

    Target Default => _ => _
        .Description("Sets up, compiles, builds all experiments and boots one guest.")
        .DependsOn(Compile, Experiments, Boot);

    Target Clean => _ => _
        .Description("Removes all that was built, but for the build program itself.")
        .Before(Restore)
        .Executes(() =>
        {
            foreach (AbsolutePath folder in OutputFolder.GetDirectories().Where(folder => folder.Name != "build").ToArray())
                folder.DeleteDirectory();
            foreach (AbsolutePath folder in RootDirectory.GlobDirectories("experiments/*/bin", "experiments/*/obj"))
                folder.DeleteDirectory();
        });

    /// <summary>Where a program of the solution lies once it is built.</summary>
    AbsolutePath Built(string project) =>
        OutputFolder / "dotnet" / "bin" / project / Configuration.ToLowerInvariant() / project;

    static void DotNet(string arguments) => Run("dotnet", arguments);

    static void Run(string program, string arguments) =>
        ProcessTasks.StartProcess(program, arguments, RootDirectory, logger: (_, line) => Console.WriteLine(line))
            .AssertZeroExitCode();

    static int ExitCodeOf(string program, string arguments)
    {
        IProcess process = ProcessTasks.StartProcess(program, arguments, RootDirectory, logger: (_, line) => Console.WriteLine(line));
        process.WaitForExit();
        return process.ExitCode;
    }

    // Arguments travel as one line, in which quotes hold a word with spaces together.
    static string Quote(string word) => $"\"{word.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
