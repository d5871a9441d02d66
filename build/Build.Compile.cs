using Megatux.Building;
using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.Tooling;

partial class Build
{
    static readonly string[] AgentProjects = ["Megatux.HostAgent", "Megatux.GuestAgent"];
    static readonly string[] SharedSources = ["src", "global.json", "Directory.Build.props", "Directory.Packages.props"];

    Target Restore => _ => _
        .Description("Fetches the packages of the solution.")
        .Executes(() => DotNet($"restore {Quote(Solution)} -nologo -v q"));

    Target Compile => _ => _
        .Description("Compiles the solution and leaves the programs at artifacts/bin.")
        .DependsOn(Restore)
        .Produces(Megatux)
        .Executes(
            () => DotNet($"build {Quote(Solution)} -c {Configuration} --no-restore -nologo -v q"),
            () => Stamped("publish", Megatux.FileExists(), SharedSources, PublishCommand));

    Target Agents => _ => _
        .Description("Compiles the agents of hosts and guests to static executables at artifacts/agents.")
        .DependsOn(Restore)
        .After(Compile)
        .Produces(AgentFolder / "megatuxd", AgentFolder / "megatux-guest")
        .Executes(() => Stamped("agents", AgentProjects.All(name => (AgentFolder / AgentProgram(name)).FileExists()), SharedSources, () =>
        {
            foreach (string name in AgentProjects)
                DotNet($"publish src/{name}/{name}.csproj -c {Configuration} -o {Quote(AgentFolder)} -nologo -v q --use-current-runtime");
        }));

    Target Pack => _ => _
        .Description("Packs the MSBuild SDK into the feed that the experiments use.")
        .DependsOn(Agents)
        .After(Compile)
        .Produces(Packages / "*.nupkg")
        .Executes(
            () => Stamped("pack", Packages.DirectoryExists() && Packages.GlobFiles("*.nupkg").Count > 0,
                [.. SharedSources, "Megatux.Sdk", "artifacts/stamps/agents"],
                () => AheadOfTime($"pack Megatux.Sdk/Megatux.Sdk.csproj -c {Configuration} -o {Quote(Packages)} -nologo -v q --use-current-runtime -p:SelfContained=false")),
            RemoveStaleCopies);

    static string AgentProgram(string project) => project == "Megatux.HostAgent" ? "megatuxd" : "megatux-guest";

    void PublishCommand() => DotNet(
        $"publish src/Megatux.Cli/Megatux.Cli.csproj -c {Configuration} -o {Quote(Megatux.Parent)} -nologo -v q --use-current-runtime");

    /// <summary>
    /// With tasks compiled ahead of time a build with nothing to do takes half the time. That takes one more package; where it
    /// cannot be had, builds are merely slower.
    /// </summary>
    void AheadOfTime(string command)
    {
        try
        {
            DotNet($"{command} -p:PublishReadyToRun=true");
        }
        catch (ProcessException)
        {
            Console.WriteLine("Compiling ahead of time did not work (see above); what is made now starts more slowly.");
            DotNet(command);
        }
    }

    /// <summary>Does the work unless its inputs are as they were when it was last done and its outputs are there.</summary>
    void Stamped(string name, bool hasOutputs, IEnumerable<string> inputs, Action work)
    {
        AbsolutePath stamp = OutputFolder / "stamps" / name;
        string now = $"{Configuration} {Fingerprint.Of(RootDirectory, inputs)}\n";
        if (hasOutputs && stamp.FileExists() && stamp.ReadAllText() == now)
        {
            Console.WriteLine($"{name}: up to date");
            return;
        }

        work();
        stamp.WriteAllText(now);
    }

    /// <summary>NuGet never looks again at a version that it has unpacked, so a package that was packed anew must go.</summary>
    static void RemoveStaleCopies()
    {
        foreach (AbsolutePath package in Packages.GlobFiles("*.nupkg"))
            if (UnpackedCopy.StaleFor(package, UnpackedPackages) is { } folder)
            {
                Console.WriteLine($"Removing the unpacked copy of an earlier {package.Name}.");
                ((AbsolutePath)folder).DeleteDirectory();
            }
    }
}
