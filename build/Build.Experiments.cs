using Megatux.Building;
using Nuke.Common;
using Nuke.Common.IO;

partial class Build
{
    const string BootedExperiment = "laptop";
    const string BootedGuest = "vm0.laptop0";

    [Parameter("Guest that Boot boots: vm0.laptop0 unless given.")]
    readonly string? Guest;

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
        .Description("Boots one guest and shows that it comes up.")
        .DependsOn(Experiments)
        .Requires(() => Guest != null || (Experiment ?? BootedExperiment) == BootedExperiment)
        .Executes(() =>
        {
            string name = Experiment ?? BootedExperiment;
            Run(Megatux, $"image boot {Quote(RootDirectory / "experiments" / name / $"{name}.megatux")} {Guest ?? BootedGuest}");
        });

    Target Bench => _ => _
        .Description("Measures against other programs, side by side.")
        .DependsOn(Compile, Experiments)
        .Executes(() => Run(Built("Megatux.Benchmarks"), Row is null ? "" : $"--row {Quote(Row)}"));

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
