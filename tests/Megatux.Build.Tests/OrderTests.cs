using Nuke.Common;

namespace Megatux.Build.Tests;

public sealed class OrderTests
{
    [Fact]
    public void Dependencies_run_once_and_before_what_needs_them()
    {
        var build = new Diamond();
        Outcome outcome = build.Run(build.Bottom);
        Assert.Equal("Top Left Right Bottom end", outcome.Ran);
        Assert.Equal(0, outcome.ExitCode);
    }

    [Fact]
    public void Targets_of_the_command_line_run_in_its_order_in_any_case()
    {
        var build = new Diamond();
        Assert.Equal("Top Right Left end", build.Run(build.Bottom, "RIGHT left").Ran);
    }

    [Fact]
    public void Targets_can_be_named_as_a_parameter()
    {
        var build = new Diamond();
        Assert.Equal("Top Right end", build.Run(build.Bottom, "--target right").Ran);
    }

    [Fact]
    public void Before_and_after_order_what_is_scheduled_and_schedule_nothing()
    {
        Ordered build = new(), again = new();
        Assert.Equal("First Second Third end", build.Run(build.Third, "third first second").Ran);
        Assert.Equal("Third end", again.Run(again.Third, "third").Ran);
    }

    [Fact]
    public void A_triggered_target_runs_after_its_trigger()
    {
        var build = new Triggering();
        Assert.Equal("Work Cleanup end", build.Run(build.Work).Ran);
    }

    [Fact]
    public void A_cycle_is_an_error_that_lists_its_members_whatever_was_called()
    {
        var build = new Circle();
        Outcome outcome = build.Run(build.Apart);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("A -> B -> C -> A", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("", outcome.Ran);
    }

    [Fact]
    public void An_unknown_target_is_an_error_that_names_the_nearest()
    {
        Diamond build = new(), again = new();
        Outcome outcome = build.Run(build.Bottom, "botom");
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("no target 'botom'; did you mean 'Bottom'?", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("no target 'zzzzzz'\n", again.Run(again.Bottom, "zzzzzz").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_properties_that_return_one_target_are_an_error()
    {
        var build = new Alias();
        Assert.Contains("one and the same", build.Run(build.Real).Output, StringComparison.Ordinal);
    }

    private sealed class Diamond : RecordingBuild
    {
        public Target Bottom => _ => _.DependsOn(Left, Right).Executes(Note("Bottom"));
        private Target Left => _ => _.DependsOn(Top).Executes(Note("Left"));
        private Target Right => _ => _.DependsOn(Top).Executes(Note("Right"));
        private Target Top => _ => _.Executes(Note("Top"));
    }

    private sealed class Ordered : RecordingBuild
    {
        public Target Third => _ => _.After(Second).Executes(Note("Third"));
        private Target Second => _ => _.Executes(Note("Second"));
        private Target First => _ => _.Before(Second).Executes(Note("First"));
    }

    private sealed class Triggering : RecordingBuild
    {
        public Target Work => _ => _.Triggers(Cleanup).Executes(Note("Work"));
        private Target Cleanup => _ => _.Executes(Note("Cleanup"));
    }

    private sealed class Circle : RecordingBuild
    {
        public Target Apart => _ => _.Executes(Note("Apart"));
        private Target A => _ => _.DependsOn(C);
        private Target B => _ => _.DependsOn(A);
        private Target C => _ => _.After(B);
    }

    private sealed class Alias : RecordingBuild
    {
        public Target Real => _ => _.Executes(Note("Real"));
        private Target Again => Real;
    }
}
