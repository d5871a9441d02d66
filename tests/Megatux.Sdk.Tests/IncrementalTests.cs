using Megatux.Imaging;

namespace Megatux.Sdk.Tests;

/// <summary>An experiment with something of everything, built once for all tests of a class.</summary>
public sealed class BuiltExperiment : IDisposable
{
    public TestExperiment Experiment { get; } = Projects.MakeFull();

    public void Dispose() => Experiment.Dispose();
}

/// <summary>What a change costs: each test starts from a finished build, changes one thing and builds again.</summary>
public sealed class IncrementalTests(BuiltExperiment built) : IClassFixture<BuiltExperiment>
{
    private const string Guest = "initramfs-guest.img", Host = "initramfs-host.img";
    private const string GuestOverlay = "guest-overlay-guest";

    private readonly TestExperiment _experiment = Settled(built.Experiment);

    [Fact]
    public void A_second_build_packs_joins_and_rewrites_nothing()
    {
        SortedDictionary<string, string> before = Snapshot.Of(_experiment);
        BuildResult again = _experiment.BuildWell();
        Assert.True(again.UpToDate, again.Output);
        Assert.Empty(again.Packed);
        Assert.Empty(again.Joined);
        Assert.Empty(again.Messages);
        Assert.Equal(before, Snapshot.Of(_experiment));
    }

    [Fact]
    public void A_changed_check_is_written_down_and_packs_and_joins_nothing()
    {
        string project = File.ReadAllText(_experiment.ProjectFile);
        SortedDictionary<string, string> before = Others();
        foreach (string command in (string[])["true", "uname -r"])
        {
            File.WriteAllText(_experiment.ProjectFile, project.Replace("</Project>", $"<ItemGroup><Validation Include=\"check\" Command=\"{command}\" /></ItemGroup></Project>", StringComparison.Ordinal));
            BuildResult built = _experiment.BuildWell();
            Assert.False(built.UpToDate);
            Assert.Empty(built.Packed);
            Assert.Empty(built.Joined);
            Assert.Contains($"\"command\": \"{command}\"", File.ReadAllText(_experiment["bin/validation.json"]), StringComparison.Ordinal);
            Assert.Equal(before, Others());
        }

        File.WriteAllText(_experiment.ProjectFile, project);
        _experiment.BuildWell();
        Assert.Equal(before, Others());
        Assert.False(File.Exists(_experiment["bin/validation.json"]));

        SortedDictionary<string, string> Others()
        {
            // Without the folder itself, in which a file comes and goes.
            SortedDictionary<string, string> outputs = Snapshot.Of(_experiment, "bin");
            outputs.Remove("bin");
            outputs.Remove("bin/validation.json");
            return outputs;
        }
    }

    [Fact]
    public void Changed_contents_repack_their_member_alone()
    {
        _experiment.Write("guest/etc/hello", $"hello {Guid.NewGuid()}\n");
        Expect([GuestOverlay], [Guest, Host], "etc/hello: contents changed", "guest/etc/hello was touched");
    }

    [Fact]
    public void Contents_of_the_same_length_and_times_are_noticed()
    {
        DateTime time = File.GetLastWriteTimeUtc(_experiment["guest/etc/hello"]);
        string text = File.ReadAllText(_experiment["guest/etc/hello"]);
        _experiment.Write("guest/etc/hello", new string('x', text.Length - 1) + (text.EndsWith('y') ? 'z' : 'y'));
        File.SetLastWriteTimeUtc(_experiment["guest/etc/hello"], time);
        Expect([GuestOverlay], [Guest, Host], "etc/hello: contents changed");
    }

    [Fact]
    public void A_host_overlay_leaves_the_guest_image_alone()
    {
        SortedDictionary<string, string> before = Snapshot.Of(_experiment, "bin");
        _experiment.Write("host/etc/host", $"host {Guid.NewGuid()}\n");
        Expect(["host-overlay-host"], [Host], "etc/host: contents changed");
        Assert.Equal(before[$"bin/{Guest}"], Snapshot.Of(_experiment, "bin")[$"bin/{Guest}"]);
    }

    [Fact]
    public void An_overlay_of_some_nodes_is_shipped_anew_and_leaves_the_guest_image_alone()
    {
        string text = $"first {Guid.NewGuid()}\n";
        _experiment.Write("first/etc/first", text);
        Expect(["guest-overlay-first"], [Host], "etc/first: contents changed");
        Assert.Equal(text, ImageText.Text(_experiment["bin/members/guest-overlay-first.cpio.gz"], "etc/first"));
        Assert.Equal(File.ReadAllBytes(_experiment["bin/members/guest-overlay-first.cpio.gz"]),
            ImageText.Bytes(_experiment[$"bin/{Host}"], "megatux/guest/members/guest-overlay-first.cpio.gz"));
    }

    [Fact]
    public void An_added_file_is_packed_and_a_deleted_one_is_gone()
    {
        _experiment.Write("guest/etc/conf.d/added", "3\n");
        Expect([GuestOverlay], [Guest, Host], "etc/conf.d/added is new");
        File.Delete(_experiment["guest/etc/conf.d/added"]);
        Expect([GuestOverlay], [Guest, Host], "etc/conf.d/added is gone");
        Assert.DoesNotContain("etc/conf.d/added", ImageText.Paths(_experiment[$"bin/{Guest}"]));
    }

    [Fact]
    public void A_renamed_file_is_noticed()
    {
        _experiment.Write("guest/etc/old", "old\n");
        _experiment.BuildWell();
        File.Move(_experiment["guest/etc/old"], _experiment["guest/etc/new"]);
        BuildResult result = Expect([GuestOverlay], [Guest, Host], "etc/new is new");
        Assert.Contains("etc/old is gone", result.Packed[GuestOverlay]);
        File.Delete(_experiment["guest/etc/new"]);
    }

    [Fact]
    public void A_chmod_is_noticed()
    {
        File.SetUnixFileMode(_experiment["guest/etc/conf.d/one"], (UnixFileMode)Convert.ToInt32("600", 8));
        Expect([GuestOverlay], [Guest, Host], "etc/conf.d/one: mode 644 became 600");
        File.SetUnixFileMode(_experiment["guest/etc/conf.d/one"], (UnixFileMode)Convert.ToInt32("755", 8));
        Expect([GuestOverlay], [Guest, Host], "etc/conf.d/one: mode 600 became 755");
        File.SetUnixFileMode(_experiment["guest/etc/conf.d/one"], (UnixFileMode)Convert.ToInt32("644", 8));
    }

    [Fact]
    public void A_chown_in_a_base_is_noticed_and_in_an_overlay_means_nothing()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Skip("Only root may change owners.");
        Command.Run("chown", ["12:34", _experiment["base/etc/release"]]).Succeeded();
        Expect(["guest-base", "host-base"], [Guest, Host], "etc/release: owner 0:0 became 12:34", member: "guest-base");
        Command.Run("chown", ["0:0", _experiment["base/etc/release"]]).Succeeded();
        _experiment.BuildWell();
        Command.Run("chown", ["12:34", _experiment["guest/etc/hello"]]).Succeeded();
        Expect([], []);
        Command.Run("chown", ["0:0", _experiment["guest/etc/hello"]]).Succeeded();
    }

    [Fact]
    public void A_new_link_target_is_noticed()
    {
        File.Delete(_experiment["guest/etc/link"]);
        File.CreateSymbolicLink(_experiment["guest/etc/link"], "hello");
        Expect([], []);
        File.Delete(_experiment["guest/etc/link"]);
        File.CreateSymbolicLink(_experiment["guest/etc/link"], "conf.d");
        Expect([GuestOverlay], [Guest, Host], "etc/link: link to hello became conf.d");
        File.Delete(_experiment["guest/etc/link"]);
        File.CreateSymbolicLink(_experiment["guest/etc/link"], "hello");
    }

    [Fact]
    public void An_empty_directory_counts_when_it_comes_and_when_it_goes()
    {
        Directory.CreateDirectory(_experiment["guest/var/empty"]);
        Expect([GuestOverlay], [Guest, Host], "var/empty is new");
        Directory.Delete(_experiment["guest/var"], recursive: true);
        Expect([GuestOverlay], [Guest, Host], "var/empty is gone");
    }

    [Fact]
    public void A_property_rebuilds_what_depends_on_it()
    {
        _experiment.Edit("<VmMemory>40M", "<VmMemory>48M");
        BuildResult result = Expect(["guest-manifest"], [Guest, Host], "etc/megatux/experiment.json: contents changed");
        Assert.Contains("VmMemory=40M became VmMemory=48M", result.Because);
        Assert.Contains("\"vmMemoryMiB\": 48", ImageText.Text(_experiment[$"bin/{Host}"], "etc/megatux/experiment.json").Replace("\":48", "\": 48", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        _experiment.Edit("<VmMemory>48M", "<VmMemory>40M");
    }

    [Fact]
    public void A_template_variable_rebuilds_what_names_it()
    {
        _experiment.Edit("Value=\"hello\"", "Value=\"good morning\"");
        BuildResult result = Expect([GuestOverlay, "guest-templates", "host-templates"], [Guest, Host], "etc/motd: contents changed", member: "guest-templates");
        Assert.Contains("etc/name: contents changed", result.Packed[GuestOverlay]);
        Assert.Contains("TemplateVariable greeting", result.Because);
        Assert.EndsWith(" good morning\n", ImageText.Text(_experiment[$"bin/{Guest}"], "etc/motd"));
        _experiment.Edit("Value=\"good morning\"", "Value=\"hello\"");
    }

    [Fact]
    public void A_template_rebuilds_its_member()
    {
        _experiment.Write("motd.hbs", $"{Guid.NewGuid()} {{{{greeting}}}}\n");
        Expect(["guest-templates", "host-templates"], [Guest, Host], "etc/motd: contents changed");
        _experiment.Write("guest/etc/name.hbs", $"{Guid.NewGuid()} {{{{greeting}}}}\n");
        Expect([GuestOverlay], [Guest, Host], "etc/name: contents changed");
    }

    [Fact]
    public void Another_compressor_packs_everything_anew()
    {
        _experiment.Edit("<Compression>gzip", "<Compression>zstd");
        BuildResult result = _experiment.BuildWell();
        Assert.Contains("guest-base", result.Packed.Keys);
        Assert.Contains("host-base", result.Packed.Keys);
        Assert.All(result.Packed.Values, why => Assert.Contains("packed as 'cpio", why));
        Assert.Empty(result.Kept);
        Assert.True(File.Exists(_experiment["bin/members/guest-overlay-first.cpio.zst"]));
        Assert.False(File.Exists(_experiment["bin/members/guest-overlay-first.cpio.gz"]));
        _experiment.Edit("<Compression>zstd", "<Compression>gzip");
    }

    [Fact]
    public void Other_nodes_of_an_overlay_pack_nothing_and_reach_the_manifest()
    {
        _experiment.Edit("Nodes=\"vm0.h[0-1]\"", "Nodes=\"vm1.h0\"");
        BuildResult result = Expect([], [Host]);
        Assert.Contains("GuestOverlay first Nodes=vm0.h[0-1] became GuestOverlay first Nodes=vm1.h0", result.Because);
        Assert.Contains("vm1.h0", File.ReadAllText(_experiment["bin/experiment.json"]));
        _experiment.Edit("Nodes=\"vm1.h0\"", "Nodes=\"vm0.h[0-1]\"");
    }

    [Fact]
    public void A_replaced_program_is_packed_anew()
    {
        Projects.Install(_experiment, "/usr/bin/false");
        Expect(["guest-programs"], [Guest, Host], "usr/bin/program: contents changed");
        Projects.Install(_experiment, "/usr/bin/true");
    }

    [Fact]
    public void A_program_that_is_a_link_is_followed_to_its_new_target()
    {
        File.Move(_experiment["tools/program"], _experiment["tools/program-1"]);
        File.CreateSymbolicLink(_experiment["tools/program"], "program-1");
        Command.Run("install", ["-m", "755", "/usr/bin/false", _experiment["tools/program-2"]]).Succeeded();
        _experiment.BuildWell();
        _experiment.BuildWell();
        File.Delete(_experiment["tools/program"]);
        File.CreateSymbolicLink(_experiment["tools/program"], "program-2");
        BuildResult result = _experiment.BuildWell();
        Assert.Contains("guest-programs", result.Packed.Keys);
        Directory.Delete(_experiment["tools"], recursive: true);
        Projects.Install(_experiment, "/usr/bin/true");
    }

    [Fact]
    public void A_line_of_a_manifest_beside_an_overlay_is_noticed()
    {
        _experiment.Write("guest.mtree", "./etc/conf.d/two mode=0600 uid=9 gid=8\n");
        Expect([GuestOverlay], [Guest, Host], "etc/conf.d/two: owner 7:8 became 9:8");
        _experiment.Write("guest.mtree", "./etc/conf.d/two mode=0600 uid=7 gid=8\n");
    }

    [Fact]
    public void A_manifest_that_comes_beside_an_overlay_is_noticed()
    {
        _experiment.Write("host.mtree", "./etc/host mode=0640\n");
        Expect(["host-overlay-host"], [Host], "etc/host: mode 644 became 640");
        File.Delete(_experiment["host.mtree"]);
        Expect(["host-overlay-host"], [Host], "etc/host: mode 640 became 644");
    }

    [Fact]
    public void Timestamps_alone_pack_nothing()
    {
        SortedDictionary<string, string> before = Snapshot.Of(_experiment, "bin", "obj/members");
        foreach (string file in Directory.EnumerateFiles(_experiment.Folder, "*", SearchOption.AllDirectories))
            if (!file.StartsWith(_experiment["bin"], StringComparison.Ordinal) && !file.StartsWith(_experiment["obj"], StringComparison.Ordinal))
                File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        Expect([], []);
        Assert.Equal(before, Snapshot.Of(_experiment, "bin", "obj/members"));
        Assert.True(_experiment.BuildWell().UpToDate);
    }

    [Fact]
    public void A_fresh_checkout_over_the_same_files_packs_nothing()
    {
        foreach (string file in Directory.EnumerateFiles(_experiment["guest"], "*", SearchOption.AllDirectories))
        {
            if (new FileInfo(file).LinkTarget is not null)
                continue;
            byte[] bytes = File.ReadAllBytes(file);
            File.Delete(file);
            File.WriteAllBytes(file, bytes);
        }

        Expect([], []);
    }

    [Theory]
    [InlineData(Guest)]
    [InlineData(Host)]
    [InlineData("experiment.json")]
    [InlineData("boot.ipxe")]
    [InlineData("vmlinuz-host")]
    [InlineData("members/guest-overlay-first.cpio.gz")]
    public void An_output_that_was_deleted_or_changed_by_hand_is_made_again(string name)
    {
        SortedDictionary<string, string> good = _experiment.Digests();
        File.Delete(_experiment[$"bin/{name}"]);
        BuildResult result = _experiment.BuildWell();
        Assert.Contains($"bin/{name} is gone", result.Because);
        Assert.Empty(result.Packed);
        Assert.Equal(good, _experiment.Digests());

        DateTime time = File.GetLastWriteTimeUtc(_experiment[$"bin/{name}"]);
        using (FileStream file = File.OpenWrite(_experiment[$"bin/{name}"]))
            file.WriteByte((byte)'?');
        File.SetLastWriteTimeUtc(_experiment[$"bin/{name}"], time);
        Assert.Empty(_experiment.BuildWell().Packed);
        Assert.Equal(good, _experiment.Digests());
        Assert.True(_experiment.BuildWell().UpToDate);
    }

    [Theory]
    [InlineData("members")]
    [InlineData("receipts")]
    [InlineData("megatux.state")]
    [InlineData("megatux.digests")]
    [InlineData("")]
    public void Intermediate_files_that_vanish_are_made_again(string name)
    {
        SortedDictionary<string, string> good = _experiment.Digests();
        string path = _experiment[$"obj/{name}"];
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
        _experiment.Write("guest/etc/hello", File.ReadAllText(_experiment["guest/etc/hello"]));
        _experiment.BuildWell();
        Assert.Equal(good, _experiment.Digests());
        Assert.True(_experiment.BuildWell().UpToDate);
    }

    [Fact]
    public void A_damaged_cached_member_is_packed_anew()
    {
        SortedDictionary<string, string> good = _experiment.Digests();
        using (FileStream file = File.OpenWrite(_experiment["obj/members/guest-base"]))
            file.WriteByte((byte)'?');
        File.WriteAllText(_experiment["obj/members/host-base.index"], "nonsense");
        File.WriteAllText(_experiment["obj/megatux.digests"], "nonsense");
        File.Delete(_experiment[$"bin/{Guest}"]);
        BuildResult result = _experiment.BuildWell();
        Assert.Contains("guest-base", result.Packed.Keys);
        Assert.Equal(good, _experiment.Digests());
    }

    [Fact]
    public void An_overlay_that_is_removed_takes_its_member_and_its_shipped_file_along()
    {
        const string item = "<GuestOverlay Include=\"first\" Nodes=\"vm0.h[0-1]\" />";
        _experiment.Edit(item, "<!-- first -->");
        BuildResult result = Expect([], [Host]);
        Assert.Contains("GuestOverlay first Nodes=vm0.h[0-1] is gone", result.Because);
        Assert.False(Directory.Exists(_experiment["bin/members"]));
        Assert.Empty(Directory.GetFiles(_experiment["obj/members"], "guest-overlay-first*"));
        _experiment.Edit("<!-- first -->", item);
    }

    [Fact]
    public void Another_version_of_the_tasks_looks_at_everything_and_packs_nothing_that_is_the_same()
    {
        using TempFolder packages = SdkUpgrade.Make();
        _experiment.UsePackagesFrom(packages.Path);
        BuildResult result = _experiment.BuildWell();
        Assert.Contains("Megatux ", result.Because);
        Assert.Empty(result.Packed);
        Assert.Empty(result.Joined);
        Assert.True(_experiment.BuildWell().UpToDate);
        _experiment.UsePackagesFrom(SdkPackage.UnpackedFolder);
    }

    private static TestExperiment Settled(TestExperiment experiment)
    {
        experiment.BuildWell();
        if (!experiment.BuildWell().UpToDate)
            throw new InvalidOperationException("A build right after another one had something to do.");
        return experiment;
    }

    /// <summary>Builds; holds what was packed and joined, the reason and the state afterwards against what is wanted.</summary>
    private BuildResult Expect(string[] packed, string[] joined, string? why = null, string? because = null, string? member = null)
    {
        BuildResult result = _experiment.BuildWell();
        Assert.False(result.UpToDate, result.Output);
        Assert.True(packed.Order().SequenceEqual(result.Packed.Keys.Order()), $"packed {string.Join(", ", result.Packed)}\n{result.Output}");
        Assert.True(joined.Order().SequenceEqual(result.Joined.Order()), $"joined {string.Join(", ", result.Joined)}\n{result.Output}");
        if (why is not null)
            Assert.Contains(why, result.Packed[member ?? packed[0]]);
        if (because is not null)
            Assert.Contains(because, result.Because);
        Assert.Empty(Snapshot.Leftovers(_experiment));
        return result;
    }
}
