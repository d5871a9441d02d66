using Nuke.Common;

namespace Megatux.Build.Tests;

public sealed class ParameterTests
{
    private readonly Parameterized _build = new();

    [Theory]
    [InlineData("", "Debug - False")]
    [InlineData("--configuration Release", "Release - False")]
    [InlineData("--Configuration Release --dry-run", "Release - True")]
    [InlineData("-dryrun --full-name me", "Debug me True")]
    [InlineData("--dry-run false --full-name me", "Debug me False")]
    public void Parameters_come_from_the_command_line(string arguments, string expected) =>
        Assert.StartsWith(expected, _build.Run(_build.Show, arguments).Ran, StringComparison.Ordinal);

    [Fact]
    public void Parameters_come_from_the_environment_too()
    {
        (string, string)[] environment = [("FULL_NAME", "you"), ("NUKE_DRY_RUN", "true"), ("CONFIGURATION", "Other"), ("NUKE_CONFIGURATION", "Nuke")];
        Assert.StartsWith("Nuke you True", _build.Run(_build.Show, "", environment).Ran, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_comes_before_the_environment() =>
        Assert.StartsWith("Debug me False", _build.Run(_build.Show, "--full-name me", ("FULL_NAME", "you")).Ran, StringComparison.Ordinal);

    [Theory]
    [InlineData("--ful-name x", "no parameter '--ful-name'; did you mean '--full-name'?")]
    [InlineData("--skp", "did you mean '--skip'?")]
    [InlineData("--full-name", "--full-name needs a value")]
    [InlineData("--full-name a b", "takes one value, but 'b' follows it")]
    [InlineData("--full-name a --FullName b", "is given twice")]
    [InlineData("--dry-run Show", "--dry-run is a switch, but 'Show' follows it")]
    public void A_wrong_option_is_an_error_and_nothing_runs(string arguments, string message)
    {
        Outcome outcome = _build.Run(_build.Show, arguments);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Equal("", outcome.Ran);
        Assert.Contains(message, outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_environment_variable_is_named() =>
        Assert.Contains("DRY_RUN is 'maybe'", _build.Run(_build.Show, "", ("DRY_RUN", "maybe")).Output, StringComparison.Ordinal);

    [Fact]
    public void Help_lists_targets_and_parameters_and_runs_nothing()
    {
        Outcome outcome = _build.Run(_build.Show, "--help");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal("", outcome.Ran);
        Assert.Matches(@"Show \(default\) +Shows all\. +<- Before", outcome.Output);
        Assert.Matches("--full-name +Whose it is\\.", outcome.Output);
        Assert.DoesNotContain("Hidden", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_tells_the_order_and_runs_nothing()
    {
        Outcome outcome = _build.Run(_build.Show, "--plan --skip before");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal("", outcome.Ran);
        Assert.Matches(@"1\. Before +\[skipped: --skip\]\n +2\. Show +<- Before +\[makes: out/\*\.txt\]", outcome.Output);
    }

    private sealed class Parameterized : RecordingBuild
    {
        [Parameter]
        private readonly string Configuration = "Debug";

        [Parameter("Whose it is.")]
        private readonly string? FullName;

        [Parameter]
        private bool DryRun { get; set; }

        public Target Show => _ => _.Description("Shows all.").DependsOn(Before).Produces("out/*.txt")
            .Executes(() => Note($"{Configuration} {FullName ?? "-"} {DryRun}")());

        private Target Before => _ => _;
        private Target Hidden => _ => _.Unlisted();
    }
}
