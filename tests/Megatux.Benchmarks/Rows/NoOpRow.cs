namespace Megatux.Benchmarks;

/// <summary>Building what is built.</summary>
internal sealed class NoOpRow : Row
{
    private const double Aim = 1.25;
    private const string Experiment = "laptop", EmptySdk = "Bench.Empty", EmptyVersion = "1.0.0";

    internal override string Name => "no-op";

    internal override string About => "dotnet build with nothing to do, whole processes";

    internal override void Run(Report report, Workshop shop)
    {
        string empty = Write(shop.NewFolder("empty"), """<Project><Target Name="Build" /></Project>""");
        string bare = WriteBare(shop.NewFolder("bare"));
        var itself = new ExperimentCopy(shop.NewFolder("itself"), findsSdkItself: true);
        itself.Build(Experiment);
        Job ours = new(() => shop.Built.BuildNothing(Experiment));
        shop.Built.BuildNothing(Experiment);

        report.Add(Pairs.Measure(Experiment, "empty project", Aim, ours, new Job(() => DotNet.Build(empty))));
        report.Add(Pairs.Measure(Experiment, "empty SDK, found by NuGet", Aim, ours, new Job(() => DotNet.Build(bare))));
        report.Add(Pairs.Measure($"{Experiment}, SDK found without NuGet", "empty project", Aim,
            new Job(() => itself.BuildNothing(Experiment)), new Job(() => DotNet.Build(empty, [.. itself.Environment]))));
        report.Add(Pairs.Measure("empty SDK, found by NuGet", "empty project", aim: null, new Job(() => DotNet.Build(bare)), new Job(() => DotNet.Build(empty))));
        report.Note("the last line is what NuGet's SDK resolver costs any project with an Sdk attribute that is not .NET's own");
    }

    private static string WriteBare(string folder)
    {
        NuGetFeed.PackEmptySdk(Path.Combine(folder, "feed"), EmptySdk, EmptyVersion);
        NuGetFeed.Write(folder, Path.Combine(folder, "feed"));
        File.WriteAllText(Path.Combine(folder, "global.json"), $$"""{ "msbuild-sdks": { "{{EmptySdk}}": "{{EmptyVersion}}" } }""");
        return Write(folder, $"""<Project Sdk="{EmptySdk}" />""");
    }

    private static string Write(string folder, string text)
    {
        string project = Path.Combine(folder, "empty.proj");
        File.WriteAllText(project, text);
        return project;
    }
}
