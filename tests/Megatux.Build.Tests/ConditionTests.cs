using Nuke.Common;

namespace Megatux.Build.Tests;

public sealed class ConditionTests
{
    [Fact]
    public void A_static_condition_is_asked_before_anything_runs_and_a_dynamic_one_when_its_turn_comes()
    {
        var build = new Conditional();
        Outcome outcome = build.Run(build.End);
        Assert.Equal("Prepare Dynamic End end", outcome.Ran);
        Assert.Equal("Skipped", outcome.StatusOf("Static"));
        Assert.Contains("// () => _prepared", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(0, outcome.ExitCode);
    }

    [Fact]
    public void A_requirement_that_is_not_met_stops_the_build_before_anything_runs()
    {
        var build = new Demanding();
        Outcome outcome = build.Run(build.Publish);
        Assert.Equal("", outcome.Ran);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("target 'Publish' requires a value for --api-key", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_condition_that_is_required_is_told_as_it_was_written()
    {
        Demanding build = new(), again = new();
        Assert.Contains("requires (ApiKey != \"wrong\")", build.Run(build.Publish, "--api-key wrong").Output, StringComparison.Ordinal);
        Assert.Equal("Prepare Publish end", again.Run(again.Publish, "--api-key right").Ran);
    }

    [Fact]
    public void What_a_skipped_target_requires_is_not_demanded()
    {
        var build = new Demanding();
        Outcome outcome = build.Run(build.Publish, "--skip publish");
        Assert.Equal("Prepare end", outcome.Ran);
        Assert.Equal("Skipped", outcome.StatusOf("Publish"));
    }

    [Fact]
    public void A_bare_skip_leaves_only_what_was_asked_for()
    {
        var build = new Conditional();
        Assert.Equal("End end", build.Run(build.End, "end --skip").Ran);
    }

    [Fact]
    public void Skipping_a_target_that_does_not_exist_is_an_error()
    {
        var build = new Conditional();
        Assert.Contains("did you mean 'Static'?", build.Run(build.End, "--skip statc").Output, StringComparison.Ordinal);
    }

    private sealed class Conditional : RecordingBuild
    {
        private bool _prepared;

        public Target End => _ => _.DependsOn(Static, Dynamic).Executes(Note("End"));
        private Target Prepare => _ => _.Executes(Note("Prepare"), () => _prepared = true);
        private Target Static => _ => _.DependsOn(Prepare).OnlyWhenStatic(() => _prepared).Executes(Note("Static"));
        private Target Dynamic => _ => _.DependsOn(Prepare).OnlyWhenDynamic(() => _prepared).Executes(Note("Dynamic"));
    }

    private sealed class Demanding : RecordingBuild
    {
        [Parameter("Key of the feed.")]
        private readonly string? ApiKey;

        public Target Publish => _ => _.DependsOn(Prepare).Requires(() => ApiKey!).Requires(() => ApiKey != "wrong")
            .Executes(Note("Publish"));

        private Target Prepare => _ => _.Executes(Note("Prepare"));
    }
}
