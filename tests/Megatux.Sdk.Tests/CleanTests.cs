namespace Megatux.Sdk.Tests;

/// <summary>Clean undoes what builds did, and only that.</summary>
public sealed class CleanTests
{
    private const string Shipped = "<GuestOverlay Include=\"first\" Nodes=\"vm0.h0\" />";

    [Fact]
    public void Clean_leaves_nothing_of_ours_and_all_of_the_users()
    {
        using TestExperiment experiment = Projects.MakeSmall(items: Shipped);
        experiment.Write("first/etc/first", "first\n");
        SortedDictionary<string, string> sources = experiment.Digests("");
        experiment.BuildWell();
        SortedDictionary<string, string> good = experiment.Digests();
        experiment.Clean();
        Assert.Equal(sources, experiment.Digests(""));
        Assert.False(Directory.Exists(experiment["bin"]));
        Assert.False(Directory.Exists(experiment["obj"]));
        experiment.Clean();

        experiment.BuildWell();
        Assert.Equal(good, experiment.Digests());
        experiment.Write("bin/notes.txt", "mine");
        experiment.Write("obj/notes.txt", "mine");
        experiment.Clean();
        Assert.Equal(["notes.txt"], experiment.Digests().Keys);
        Assert.Equal(["notes.txt"], experiment.Digests("obj").Keys);
    }

    [Fact]
    public void Clean_knows_outputs_that_moved_and_overlays_that_went()
    {
        using TestExperiment experiment = Projects.MakeSmall("<OutputPath>out/one</OutputPath>", Shipped);
        experiment.Write("first/etc/first", "first\n");
        experiment.BuildWell();
        Assert.True(File.Exists(experiment["out/one/members/guest-overlay-first.cpio.gz"]));
        experiment.Edit(Shipped, "");
        experiment.Edit("out/one", "two");
        experiment.BuildWell();
        Assert.False(Directory.Exists(experiment["out/one"]));
        experiment.Clean();
        Assert.False(Directory.Exists(experiment["two"]));
        Assert.False(Directory.Exists(experiment["obj"]));
    }

    [Fact]
    public void Rebuild_makes_everything_anew_with_the_same_bytes()
    {
        using TestExperiment experiment = Projects.MakeSmall();
        experiment.BuildWell();
        SortedDictionary<string, string> good = experiment.Digests();
        BuildResult again = experiment.BuildWell("-t:Rebuild");
        Assert.Contains("guest-base", again.Packed.Keys);
        Assert.Equal(2, again.Joined.Count);
        Assert.Equal(good, experiment.Digests());
        Assert.True(experiment.BuildWell().UpToDate);
    }

    [Fact]
    public void Restore_has_nothing_to_do()
    {
        using TestExperiment experiment = Projects.MakeSmall();
        experiment.BuildWell("-t:Restore");
        Assert.False(Directory.Exists(experiment["obj"]));
        experiment.BuildWell("--no-restore");
    }
}
