using Nuke.Common;

namespace Megatux.Build.Tests;

public sealed class FailureTests
{
    [Fact]
    public void After_a_failure_the_rest_is_not_run_and_the_build_fails()
    {
        var build = new Plain();
        Outcome outcome = build.Run(build.Last);
        Assert.Equal("First Broken end", outcome.Ran);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Equal("Succeeded", outcome.StatusOf("First"));
        Assert.Equal("Failed", outcome.StatusOf("Broken"));
        Assert.Equal("NotRun", outcome.StatusOf("Last"));
        Assert.Contains("error: Broken: Broken is broken\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Build failed: Broken.", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_lets_others_proceed_still_fails_the_build()
    {
        var build = new Proceeding();
        Outcome outcome = build.Run(build.Last);
        Assert.Equal("Broken Last end", outcome.Ran);
        Assert.NotEqual(0, outcome.ExitCode);
    }

    [Fact]
    public void An_assured_target_runs_after_a_failure()
    {
        var build = new Assured();
        Outcome outcome = build.Run(build.Broken, "broken tidy other");
        Assert.Equal("Broken Tidy end", outcome.Ran);
        Assert.Equal("NotRun", outcome.StatusOf("Other"));
        Assert.NotEqual(0, outcome.ExitCode);
    }

    [Fact]
    public void An_asynchronous_action_is_awaited_and_its_failure_counts()
    {
        var build = new Asynchronous();
        Outcome outcome = build.Run(build.Late);
        Assert.Equal("late later end", outcome.Ran);
        Assert.Equal("Failed", outcome.StatusOf("Late"));
    }

    [Fact]
    public void A_failure_that_nobody_threw_on_purpose_is_shown_with_its_place()
    {
        var build = new Defective();
        Assert.Contains($"at {typeof(Defective).FullName!.Replace('+', '.')}", build.Run(build.Work).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_without_actions_is_collective()
    {
        var build = new Gathering();
        Outcome outcome = build.Run(build.All);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal("Collective", outcome.StatusOf("All"));
    }

    private sealed class Plain : RecordingBuild
    {
        public Target Last => _ => _.DependsOn(Broken).Executes(Note("Last"));
        private Target Broken => _ => _.DependsOn(First).Executes(Fail("Broken"), Note("never"));
        private Target First => _ => _.Executes(Note("First"));
    }

    private sealed class Proceeding : RecordingBuild
    {
        public Target Last => _ => _.DependsOn(Broken).Executes(Note("Last"));
        private Target Broken => _ => _.ProceedAfterFailure().Executes(Fail("Broken"));
    }

    private sealed class Assured : RecordingBuild
    {
        public Target Broken => _ => _.Executes(Fail("Broken"));
        private Target Tidy => _ => _.AssuredAfterFailure().Executes(Note("Tidy"));
        private Target Other => _ => _.Executes(Note("Other"));
    }

    private sealed class Asynchronous : RecordingBuild
    {
        public Target Late => _ => _.Executes(async () =>
        {
            await Task.Yield();
            Note("late")();
            Fail("later")();
        });
    }

    private sealed class Defective : RecordingBuild
    {
        public Target Work => _ => _.Executes(() => GC.KeepAlive(int.Parse("x", null)));
    }

    private sealed class Gathering : RecordingBuild
    {
        public Target All => _ => _.DependsOn(One);
        private Target One => _ => _.Executes(Note("One"));
    }
}
