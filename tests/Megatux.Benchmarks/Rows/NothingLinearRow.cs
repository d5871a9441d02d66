namespace Megatux.Benchmarks;

/// <summary>A million guests cost what a hundred do.</summary>
internal sealed class NothingLinearRow : Row
{
    private const double Aim = 1.1;
    private const int ManifestAim = 4096;

    internal override string Name => "nothing-linear";

    internal override string About => "clean build of hyperion (1,008,640 guests) against laptop (100 guests), whole processes";

    internal override void Run(Report report, Workshop shop)
    {
        var copy = new ExperimentCopy(shop.NewFolder("clean"));
        report.Add(Pairs.Measure("hyperion, clean build", "laptop, clean build", Aim, CleanBuild("hyperion"), CleanBuild("laptop")));
        report.Add(Comparison.OfBytes("hyperion, experiment.json", "4 KiB", new FileInfo(copy.Manifest("hyperion")).Length, ManifestAim, aim: 1));

        Job CleanBuild(string name) => new(() => copy.Build(name), () => copy.Clean(name));
    }
}
