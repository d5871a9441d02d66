namespace Megatux.Sdk.Tests;

/// <summary>A built experiment that is copied with all that its build left, as cp -a does it.</summary>
public sealed class CopyTests
{
    [Fact]
    public void A_copy_is_an_experiment_of_its_own()
    {
        using TestExperiment original = Projects.MakeSmall(), copy = Projects.MakeSmall();
        original.BuildWell();
        SortedDictionary<string, string> built = original.Digests();
        Command.Run("cp", ["-a", original["obj"], original["bin"], copy.Folder]).Succeeded();

        copy.Write("guest/etc/hello", "hello from the copy\n");
        BuildResult first = copy.BuildWell();
        Assert.False(first.UpToDate, first.Output);
        Assert.NotEqual(built["initramfs-guest.img"], copy.Digests()["initramfs-guest.img"]);
        Assert.Equal(built, original.Digests());

        copy.Clean();
        Assert.Empty(copy.Digests());
        Assert.True(original.BuildWell().UpToDate);
        Assert.Equal(built, original.Digests());
    }

    [Fact]
    public void Cleaning_a_copy_leaves_the_original_alone()
    {
        using TestExperiment original = Projects.MakeSmall(), copy = Projects.MakeSmall();
        original.BuildWell();
        SortedDictionary<string, string> built = original.Digests();
        Command.Run("cp", ["-a", original["obj"], original["bin"], copy.Folder]).Succeeded();
        copy.Clean();
        Assert.Empty(copy.Digests());
        Assert.Equal(built, original.Digests());
    }
}
