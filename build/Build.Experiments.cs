using Megatux.Building;
using Nuke.Common;
using Nuke.Common.IO;

partial class Build
{
    const string BootedExperiment = "laptop", NetbootedExperiment = "hyperion-mini";

    /// <summary>The hosts that boot over a network, and the folder in artifacts that they boot from.</summary>
    const string Netboot = "netboot";

    /// <summary>Exit code of a boot after which the experiment runs, but not all of its nodes.</summary>
    const int SomeNotUp = 1;

    [Parameter("Netboot tree that Deploy deploys to: artifacts/netboot unless given. With --experiment, the folder of Artifacts: artifacts/boot/NAME unless given.")]
    readonly string? TargetDir;

    [Parameter("What the hosts are that Boot and Validate boot: container, qemu or netboot. Boot boots containers unless it is given, Validate machines by the network.")]
    readonly string? Hosts;

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
        .Executes(() => WhileBooted(Experiment ?? BootedExperiment, Hosts ?? "container", needsAll: true, name => Run(Megatux, $"check {name}")));

    Target Validate => _ => _
        .Description("Deploys hyperion-mini, or the experiment that --experiment names, boots machines without disks from that over a network of their own, checks all that must hold, and halts them; the report is artifacts/tests/validate-NAME.xml.")
        .DependsOn(Experiments)
        .Executes(() => WhileBooted(Experiment ?? NetbootedExperiment, Hosts ?? Netboot, needsAll: false, name =>
        {
            // Who is not up is in the report, too.
            AbsolutePath report = OutputFolder / "tests" / $"validate-{name}.xml";
            report.Parent.CreateDirectory();
            Run(Megatux, $"validate {Quote(ProjectOf(name))} --junit {Quote(report)}");
        }));

    Target Halt => _ => _
        .Description("Halts laptop, or the experiment that --experiment names, or what is left of one that was killed.")
        .DependsOn(Compile)
        .Executes(() => Run(Megatux, $"halt {Quote(Experiment ?? BootedExperiment)}"));

    Target Deploy => _ => _
        .Description("Deploys laptop, or the experiment that --experiment names, to a netboot tree.")
        .DependsOn(Experiments)
        .Executes(() => DeployToTree(Experiment ?? BootedExperiment));

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

    string DeployToTree(string name)
    {
        string tree = TargetDir ?? OutputFolder / Netboot;
        Run(Megatux, $"deploy {Quote(ProjectOf(name))} --to {Quote(tree)}");
        return tree;
    }

    /// <summary>Boots an experiment, does something with it, and halts it whatever comes of that.</summary>
    /// <param name="name">Which one.</param>
    /// <param name="hosts">What its hosts are.</param>
    /// <param name="needsAll">Whether it takes all nodes to be up.</param>
    /// <param name="work">What is done; it is given the experiment's name.</param>
    void WhileBooted(string name, string hosts, bool needsAll, Action<string> work)
    {
        string from = hosts == Netboot ? $" --from {Quote(DeployToTree(name))}" : "";
        int booted = ExitCodeOf(Megatux, $"boot {Quote(ProjectOf(name))} --hosts {Quote(hosts)}{from}");

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
