using Megatux.Building;
using Nuke.Common;

partial class Build
{
    TestTotals? _totals;

    [Parameter("Tests that Test runs: all of the test projects whose name holds this, or else, in every project, the "
        + "tests whose full name holds it.")]
    readonly string? Filter;

    Target Test => _ => _
        .Description("Runs every test program of tests/ and counts what they report.")
        .DependsOn(Compile, Pack)
        .Executes(() =>
        {
            TestSelection selection = TestSelection.Of(RootDirectory / "tests", Filter);
            var run = new TestRun(OutputFolder / "tests", TestRun.Deadline, Console.Out);
            _totals = run.Run(selection.Projects.Select(name => new TestProgram(name, Built(name))), selection.Method);
            TestReport.Write(Console.Out, _totals);
            if (!_totals.Succeeded)
                throw new BuildFailure(_totals.Failed > 0 ? $"{_totals.Failed} failed" : "no test ran");
        });

    /// <summary>The counts close all that is printed, so that whoever reads the last line knows.</summary>
    protected override void OnBuildFinished()
    {
        if (_totals is not null)
            Console.WriteLine($"\n{_totals.ClosingLine}");
    }
}
