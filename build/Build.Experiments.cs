using Megatux.Building;
using Nuke.Common;
using Nuke.Common.IO;

partial class Build
{
    const string BootedExperiment = "laptop";

    [Parameter("Netboot tree that Deploy deploys to: artifacts/netboot unless given. With --experiment, the folder of Artifacts: artifacts/boot/NAME unless given.")]
    readonly string? TargetDir;

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
        .Executes(() =>
        {
            string name = Experiment ?? BootedExperiment;
            Run(Megatux, $"boot {Quote(ProjectOf(name))}");
            try
            {
                Run(Megatux, $"check {name}");
            }
            finally
            {
                Run(Megatux, $"halt {name}");
            }
        });

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
        if (Experiment is null)
            return all;
        AbsolutePath[] chosen = [.. all.Where(project => project.NameWithoutExtension == Experiment)];
        return chosen.Length > 0 ? chosen : throw new BuildFailure($"there is no experiment '{Experiment}'; there are: "
            + string.Join(", ", all.Select(project => project.NameWithoutExtension)));
    }
}
