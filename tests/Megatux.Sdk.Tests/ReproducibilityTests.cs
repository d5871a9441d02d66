namespace Megatux.Sdk.Tests;

/// <summary>The same project gives the same bytes wherever, whenever and by whomever it is built.</summary>
public sealed class ReproducibilityTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("none")]
    public void Two_clones_give_the_same_bytes(string compression)
    {
        using TestExperiment one = Make(compression);
        using TestExperiment other = Make(compression);

        // The other was checked out years ago by somebody whose group may write, on a machine with one processor.
        Command.Run("/bin/sh", ["-c", "chmod -R g+w guest host first tools *.hbs && find . -exec touch -h -d 2001-02-03 {} +"], other.Folder).Succeeded();
        one.BuildWell();
        other.BuildWithin("umask 002; DOTNET_PROCESSOR_COUNT=1 TZ=Asia/Tokyo LC_ALL=C LANG=tr_TR.UTF-8 exec \"$@\"").Succeeded();
        Assert.Empty(one.Digests().Except(other.Digests()).Select(file => file.Key));
        Assert.Equal(one.Digests(), other.Digests());
        Assert.Contains("initramfs-host.img", one.Digests().Keys);
        Assert.Equal("644", Convert.ToString((int)File.GetUnixFileMode(other["bin/initramfs-host.img"]), 8));
    }

    [Fact]
    public void Builds_after_changes_give_the_bytes_of_a_build_from_nothing()
    {
        using TestExperiment one = Make("gzip");
        one.Write("guest/etc/hello", "earlier\n");
        one.Write("guest/etc/gone", "gone\n");
        one.BuildWell("-p:VmMemory=64M");
        one.Write("guest/etc/hello", "hello\n");
        File.Delete(one["guest/etc/gone"]);
        one.BuildWell();
        using TestExperiment other = Make("gzip");
        other.BuildWell();
        Assert.Equal(other.Digests(), one.Digests());
    }

    [Fact]
    public void The_time_in_images_is_the_one_that_the_project_gives()
    {
        using TestExperiment experiment = Projects.MakeSmall("<SourceDateEpoch>1234567890</SourceDateEpoch>");
        experiment.BuildWell();
        foreach (string image in (string[])["initramfs-guest.img", "initramfs-host.img"])
        {
            using var reader = Imaging.ImageReader.Open(experiment[$"bin/{image}"]);
            while (reader.Next() is { } record)
                Assert.Equal(1234567890u, record.ModifiedAt);
        }
    }

    private static TestExperiment Make(string compression)
    {
        TestExperiment experiment = Projects.MakeFull();
        experiment.Edit("<Compression>gzip", $"<Compression>{compression}");
        experiment.Edit("<HostBase>base", "<HostBase>busybox");
        return experiment;
    }
}
