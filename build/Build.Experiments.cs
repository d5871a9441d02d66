using Megatux.Building;
using Nuke.Common;
using Nuke.Common.IO;

partial class Build
{
    const string BootedExperiment = "laptop";

    /// <summary>Exit code of a boot after which the experiment runs, but not all of its nodes.</summary>
    const int SomeNotUp = 1;

    [Parameter("Netboot tree that Deploy deploys to: artifacts/netboot unless given. With --experiment, the folder of Artifacts: artifacts/boot/NAME unless given.")]
    readonly string? TargetDir;

    [Parameter("What the hosts are that Boot and Validate boot: container, qemu or netboot; container unless given.")]
    readonly string Hosts = "container";

    [Parameter("Benchmark that Bench runs; without it all are run.")]
    readonly string? Row;

    Target Experiments => _ => _
        .Description("Builds every experiment, or the one that --experiment names.")
        .DependsOn(Compile, Pack)
        .Executes(() =>
        {
            foreach (AbsolutePath project in ExperimentProjects())
                DotNet($"build {Quote(project)} -nologo");
        });

    Target Boot => _ => _
        .Description("Boots laptop, or the experiment that --experiment names, on this machine, checks that its guests reach each other, and halts it.")
        .DependsOn(Experiments)
        .Executes(() => WhileBooted(needsAll: true, name => Run(Megatux, $"check {name}")));

    Target Validate => _ => _
        .Description("Boots laptop, or the experiment that --experiment names, on this machine, checks all that must hold of it, and halts it; the report is artifacts/tests/validate-NAME.xml.")
        .DependsOn(Experiments)
        .Executes(() => WhileBooted(needsAll: false, name =>
        {
            // Who is not up is in the report, too.
            AbsolutePath report = OutputFolder / "tests" / $"validate-{name}.xml";
            report.Parent.CreateDirectory();
            Run(Megatux, $"validate {Quote(ProjectOf(name))} --junit {Quote(report)}");
        }));

    Target Deploy => _ => _
        .Description("Deploys laptop, or the experiment that --experiment names, to a netboot tree.")
        .DependsOn(Experiments)
        .Executes(() => Run(Megatux, $"deploy {Quote(ProjectOf(Experiment ?? BootedExperiment))} --to {Quote(TargetDir ?? OutputFolder / "netboot")}"));

    Target Artifacts => _ => _
        .Description("Puts all files of every experiment, or of the one that --experiment names, into one folder each, with checksums, bill of materials and provenance.")
        .DependsOn(Experiments)
        .Executes(() =>
        {
            foreach (AbsolutePath project in ExperimentProjects())
            {
                string folder = OutputFolder / "boot" / project.NameWithoutExtension;
                if (Experiment is not null && TargetDir is not null)
                    folder = TargetDir;
                Run(Megatux, $"artifacts {Quote(project)} --to {Quote(folder)}");
            }
        });

    Target Bench => _ => _
        .Description("Measures against other programs, side by side.")
        .DependsOn(Compile, Experiments)
        .Executes(() => Run(Built("Megatux.Benchmarks"), Row is null ? "" : $"--row {Quote(Row)}"));

    static AbsolutePath ProjectOf(string experiment) => RootDirectory / "experiments" / experiment / $"{experiment}.megatux";

    IReadOnlyCollection<AbsolutePath> ExperimentProjects()
    {
        IReadOnlyCollection<AbsolutePath> all = RootDirectory.GlobFiles("experiments/*/*.megatux");
        IReadOnlyCollection<string> chosen = ExperimentChoice.Of([.. all.Select(project => project.NameWithoutExtension)], Experiment);
        return [.. all.Where(project => chosen.Contains(project.NameWithoutExtension))];
    }

    /// <summary>Boots the experiment that is meant, does something with it, and halts it whatever comes of that.</summary>
    /// <param name="needsAll">Whether it takes all nodes to be up.</param>
    /// <param name="work">What is done; it is given the experiment's name.</param>
    void WhileBooted(bool needsAll, Action<string> work)
    {
        string name = Experiment ?? BootedExperiment;
        int booted = ExitCodeOf(Megatux, $"boot {Quote(ProjectOf(name))} --hosts {Quote(Hosts)}");

        // It was not started; one of the name that runs all the same is somebody else's.
        if (booted > SomeNotUp)
            throw new BuildFailure($"{name} was not booted (see above).");
        try
        {
            if (booted == SomeNotUp && needsAll)
                throw new BuildFailure($"not all nodes of {name} came up (see above).");
            work(name);
        }
        finally
        {
            Run(Megatux, $"halt {name}");
        }
    }
}
