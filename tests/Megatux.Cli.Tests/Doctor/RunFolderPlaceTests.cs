using Megatux.Agents;

namespace Megatux.Cli.Tests;

public sealed class RunFolderPlaceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_place_that_is_free_or_empty_does_and_what_a_killed_one_left_is_removed_by_the_next_boot()
    {
        Assert.Equal(Verdict.Ok, Place().Verdict);
        Directory.CreateDirectory(_folder["x"]);
        Assert.Null(RunFolderCheck.Conflict(Files));

        _folder.Write($"x/{Model.Manifest.FileName}", "{}");
        _folder.Write("x/pid", "1 1");
        Finding left = Place();
        Assert.Equal((Verdict.Warning, "megatux halt x"), (left.Verdict, left.Remedy));
        Assert.Contains("the next boot removes it", left.Fact, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_boot_would_refuse_to_remove_prevents_it_and_is_named()
    {
        _folder.Write("x", "mine");
        Refused("is no folder");
        File.Delete(_folder["x"]);

        _folder.Write("elsewhere/thesis", "mine");
        Directory.CreateSymbolicLink(_folder["x"], _folder["elsewhere"]);
        Refused("is no folder");
        Directory.Delete(_folder["x"]);

        _folder.Write("x/thesis", "mine");
        Refused("was not made by megatux boot");
    }

    private RunFolder Files => new(_folder["x"]);

    private Finding Place() => ExperimentChecks.Place("x", Files);

    private void Refused(string why)
    {
        Finding refused = Place();
        Assert.Equal((Verdict.Missing, RunFolderCheck.Remedy), (refused.Verdict, refused.Remedy));
        Assert.Contains($"{_folder["x"]} is where the experiment is to run, and it {why}", refused.Fact, StringComparison.Ordinal);
    }
}
