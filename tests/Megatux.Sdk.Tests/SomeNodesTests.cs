using Megatux.Imaging;

namespace Megatux.Sdk.Tests;

/// <summary>Packages and programs that only some nodes get: members of their own, with what the base lacks for them.</summary>
public sealed class SomeNodesTests
{
    private const string Guest = "bin/initramfs-guest.img";

    [Fact]
    public void Programs_of_the_same_nodes_make_one_member_with_the_libraries_that_all_nodes_lack()
    {
        using TestExperiment experiment = Projects.MakeSmall(items: """
            <GuestProgram Include="/usr/bin/true" />
            <GuestProgram Include="/usr/bin/env" Nodes="vm0.h[0-1]" />
            <GuestProgram Include="/usr/bin/bash" Nodes="vm1.h1" />
            <GuestProgram Include="/usr/bin/tac" Nodes="vm0.h0,vm0.h1" />
            """);
        BuildResult built = experiment.BuildWell();
        Assert.Equal(["guest-programs-bash", "guest-programs-env"], built.Packed.Keys.Where(name => name.StartsWith("guest-programs-", StringComparison.Ordinal)).Order());

        // All have libc already, and nobody else has what bash needs besides.
        List<string> first = ImageText.Paths(experiment["bin/members/guest-programs-env.cpio.gz"]), second = ImageText.Paths(experiment["bin/members/guest-programs-bash.cpio.gz"]);
        Assert.Contains("usr/bin/env", first);
        Assert.Contains("usr/bin/tac", first);
        Assert.DoesNotContain([.. first, .. second], path => path.EndsWith("/libc.so.6", StringComparison.Ordinal));
        Assert.Contains(second, path => path.Contains("/libtinfo.so.", StringComparison.Ordinal));
        Assert.DoesNotContain([.. ImageText.Paths(experiment[Guest]), .. first], path => path.Contains("/libtinfo.so.", StringComparison.Ordinal));
        Assert.True(experiment.BuildWell().UpToDate);
    }

    [Fact]
    public void A_package_of_some_nodes_lies_below_their_overlays_and_above_nobody_elses()
    {
        using TestExperiment experiment = Projects.MakeSmall(items: """
            <NodeGroup Include="servers" Nodes="vm0.h[0-1]" />
            <GuestOverlay Include="settings" Nodes="vm0.h0" />
            <GuestPackage Include="mine.deb" Nodes="@servers" />
            """);
        DebianFile.Make(experiment, "one\n");
        experiment.Write("settings/opt/settings", "of the server\n");
        File.CreateSymbolicLink(experiment["settings/opt/link"], "mine");
        experiment.BuildWell();
        const string package = "bin/members/guest-packages-mine.deb.cpio.gz";
        Assert.Equal("one\n", ImageText.Text(experiment[package], "opt/mine"));
        Assert.DoesNotContain("opt/mine", ImageText.Paths(experiment[Guest]));

        // The folder is the package's: a member above it that only some of its nodes get knows it, and so does the link.
        Assert.Equal(["opt/link", "opt/settings"], ImageText.Paths(experiment["bin/members/guest-overlay-settings.cpio.gz"]));
        string manifest = File.ReadAllText(experiment["bin/experiment.json"]);
        Assert.True(manifest.IndexOf("guest-packages-mine.deb", StringComparison.Ordinal) < manifest.IndexOf("guest-overlay-settings", StringComparison.Ordinal), manifest);

        DebianFile.Make(experiment, "two\n");
        Assert.Equal(["guest-packages-mine.deb"], experiment.BuildWell().Packed.Keys);
        Assert.Equal("two\n", ImageText.Text(experiment[package], "opt/mine"));

        // A node more changes who gets it, and nothing in it.
        experiment.Edit("vm0.h[0-1]", "vm[0-1].h[0-1]");
        Assert.Equal(["guest-manifest"], experiment.BuildWell().Packed.Keys);
        experiment.Edit(" Nodes=\"@servers\"", "");
        Assert.Contains("guest-packages", experiment.BuildWell().Packed.Keys);
        Assert.False(File.Exists(experiment[package]));
    }

    [Fact]
    public void An_overlays_link_into_a_package_that_not_all_of_its_nodes_have_is_refused()
    {
        using TestExperiment experiment = Projects.MakeSmall(items: """
            <GuestPackage Include="mine.deb" Nodes="vm0.h0" />
            <GuestOverlay Include="settings" Nodes="vm0.h[0-1]" />
            """);
        DebianFile.Make(experiment, "one\n");
        experiment.Write("settings/opt/.gitkeep", "");
        File.CreateSymbolicLink(experiment["settings/opt/link"], "mine");
        Assert.Equal(Model.ErrorCodes.LinkDangles, Assert.Single(experiment.Build().Errors).Code);
    }

    [Fact]
    public void Hosts_get_packages_and_programs_of_their_own()
    {
        using TestExperiment experiment = Projects.MakeSmall(items: """
            <HostPackage Include="mine.deb" Nodes="h1" />
            <HostProgram Include="/usr/bin/bash" Nodes="h1" />
            """);
        DebianFile.Make(experiment, "one\n");
        experiment.BuildWell();
        Assert.Equal(["bin/members/host-packages-mine.deb.cpio.gz", "bin/members/host-programs-bash.cpio.gz"],
            Directory.GetFiles(experiment["bin/members"]).Select(file => Path.GetRelativePath(experiment.Folder, file)).Order());
        Assert.DoesNotContain("usr/bin/bash", ImageText.Paths(experiment["bin/initramfs-host.img"]));
    }
}
