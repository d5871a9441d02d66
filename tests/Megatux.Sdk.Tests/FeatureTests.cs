using System.Formats.Tar;
using Megatux.Equations;
using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.Sdk.Tests;

/// <summary>Settings and items that are not about changes: each does what it says in a real build.</summary>
public sealed class FeatureTests
{
    private const string Guest = "bin/initramfs-guest.img", Host = "bin/initramfs-host.img";

    [Fact]
    public void Properties_and_items_of_the_users_own_are_fine_when_they_are_used()
    {
        using TestExperiment experiment = Projects.MakeSmall("<Mine>hello</Mine>", """
            <Fruit Include="apple" Colour="red" />
            <TemplateVariable Include="greeting" Value="$(Mine) @(Fruit) %(Fruit.Colour)" />
            <Template Include="t.hbs" Path="etc/t" />
            """);
        experiment.Edit("%(Fruit.Colour)", "@(Fruit->'%(Colour)')");
        experiment.Write("t.hbs", "{{greeting}}\n");
        experiment.BuildWell();
        Assert.Equal("hello apple red\n", ImageText.Text(experiment[Guest], "etc/t"));
    }

    [Fact]
    public void Each_item_of_hosts_is_a_set_of_its_own_and_the_experiment_has_them_all()
    {
        using TestExperiment experiment = Projects.MakeSmall(items: "<PhysicalHosts Include=\"g[1-5]&amp;g[1-3]\" />");
        experiment.BuildWell();
        Assert.Contains("\"hosts\": \"g[1-3],h[0-1]\"", File.ReadAllText(experiment["bin/experiment.json"]));
    }

    [Fact]
    public void Groups_are_in_the_manifest_as_sets_and_stand_for_nodes_of_overlays()
    {
        using TestExperiment experiment = Projects.MakeSmall(items: """
            <NodeGroup Include="some" Nodes="all!vm0.h0" />
            <NodeGroup Include="rest" Nodes="everything!@some" />
            <GuestOverlay Include="mine" Nodes="@some&amp;vm[0-9].h1" />
            """);
        experiment.Write("mine/etc/mine", "yes\n");
        experiment.BuildWell();
        string manifest = File.ReadAllText(experiment["bin/experiment.json"]);
        Assert.Contains("{\"name\":\"rest\",\"nodes\":\"h[0-1],vm0.h0\"}", manifest, StringComparison.Ordinal);
        Assert.Matches("\"guest-overlay-mine\".*\"nodes\":\"vm[^\"]*h1\"", manifest);
    }

    [Fact]
    public void Equations_are_in_the_manifest_and_netboot_files_follow_them()
    {
        using TestExperiment experiment = Projects.MakeSmall(items: """
            <NodeEquation Include="HostAddress" Expression="(ip 172 31 (+ 5 h) 1)" Inverse="(- (octet 2 a) 5)" />
            <NodeEquation Include="GuestNetwork"><Expression>
              ; Every second one.
              (+ base (* 2 size h))
            </Expression></NodeEquation>
            """);
        experiment.BuildWell();
        Manifest manifest = Manifest.Parse(File.ReadAllBytes(experiment["bin/experiment.json"]), "experiment.json", EquationCompiler.Instance);
        Assert.Equal("172.31.6.1", manifest.Experiment.Find("h1")!.Address.ToString());
        Assert.Equal(manifest.Experiment.GuestNetwork(0).Last.Plus(1 + manifest.Experiment.GuestNetworkSize), manifest.Experiment.GuestNetwork(1).First);
        Assert.Contains("{\"function\":\"HostAddress\",\"expression\":\"(ip 172 31 (+ 5 h) 1)\",\"inverse\":\"(- (octet 2 a) 5)\"}",
            File.ReadAllText(experiment["bin/experiment.json"]), StringComparison.Ordinal);
        string[] leases = [.. File.ReadLines(experiment["bin/dnsmasq.conf"]).Where(line => line.StartsWith("dhcp-range=", StringComparison.Ordinal))];
        Assert.Equal(["dhcp-range=172.31.5.1,172.31.5.1,255.255.0.0,infinite", "dhcp-range=172.31.6.1,172.31.6.1,255.255.0.0,infinite"], leases);
        Assert.Contains("# The address of node h is computed: (ip 172 31 (+ 5 h) 1)\n", File.ReadAllText(experiment["bin/xproc.conf"]), StringComparison.Ordinal);
        Assert.Contains("iprange 172.31.6.1 172.31.6.1 h1\n", File.ReadAllText(experiment["bin/xproc.conf"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_generates_an_overlay_runs_before_each_build()
    {
        using TestExperiment experiment = Projects.MakeSmall(
            "<Text>first</Text><MegatuxPrepareDependsOn>$(MegatuxPrepareDependsOn);Generate</MegatuxPrepareDependsOn>",
            "<GuestOverlay Include=\"generated\" />",
            """
            <Target Name="Generate">
                <MakeDir Directories="generated/etc" />
                <WriteLinesToFile File="generated/etc/made" Lines="$(Text)" Overwrite="true" WriteOnlyWhenDifferent="true" />
              </Target>
            """);
        experiment.BuildWell();
        Assert.Equal("first\n", ImageText.Text(experiment[Guest], "etc/made"));

        // A file written in the very tick in which it is read may change once more unseen, so the next build looks again.
        Assert.Empty(experiment.BuildWell().Packed);
        Assert.True(experiment.BuildWell().UpToDate);
        experiment.Edit("<Text>first", "<Text>second");
        BuildResult again = experiment.BuildWell();
        Assert.Equal(["guest-overlay-generated"], again.Packed.Keys);
        Assert.Equal("second\n", ImageText.Text(experiment[Guest], "etc/made"));
    }

    [Fact]
    public void Later_hooks_run_where_they_say_and_only_when_there_is_work()
    {
        using TestExperiment experiment = Projects.MakeSmall(
            "<MegatuxImagesDependsOn>BeforeImages</MegatuxImagesDependsOn><MegatuxPublishDependsOn>AfterAll</MegatuxPublishDependsOn><MegatuxCleanDependsOn>Cleaning</MegatuxCleanDependsOn>",
            more: """
            <Target Name="BeforeImages"><Message Importance="high" Text="hook: before images" /></Target>
              <Target Name="AfterAll"><Message Importance="high" Text="hook: after all" /></Target>
              <Target Name="Cleaning"><Message Importance="high" Text="hook: cleaning" /></Target>
            """);
        string output = experiment.BuildWell().Output;
        int before = output.IndexOf("hook: before images", StringComparison.Ordinal), joined = output.IndexOf("joined ", StringComparison.Ordinal), after = output.IndexOf("hook: after all", StringComparison.Ordinal);
        Assert.True(before >= 0 && before < joined && joined < after, output);
        BuildResult again = experiment.BuildWell();
        Assert.True(again.UpToDate);
        Assert.Contains("hook: after all", again.Output);
        Assert.Contains("hook: cleaning", experiment.Clean().Output);
    }

    [Fact]
    public void Containers_bring_no_kernel_of_their_own()
    {
        using TestExperiment experiment = Projects.MakeSmall();
        experiment.BuildWell();
        Assert.Equal(["boot.ipxe", "dnsmasq.conf", "experiment.json", "initramfs-guest.img", "initramfs-host.img", "vmlinuz-host", "xproc.conf"], experiment.Digests().Keys);
        Assert.Equal(File.ReadAllBytes(experiment[Guest]), ImageText.Bytes(experiment[Host], "megatux/guest/initramfs-guest.img"));
        Assert.Equal(File.ReadAllText(experiment["bin/experiment.json"]), ImageText.Text(experiment[Host], "etc/megatux/experiment.json"));
        Manifest guests = Manifest.Parse(ImageText.Bytes(experiment[Guest], "etc/megatux/experiment.json"), "guest", EquationCompiler.Instance);
        Assert.Equal(4, guests.Experiment.GuestCount);
        Assert.Empty(guests.Members);
    }

    [Fact]
    public void User_mode_guests_have_their_kernel_as_a_program_of_the_host()
    {
        if (!File.Exists("/usr/bin/linux.uml"))
            Assert.Skip("The package user-mode-linux is not installed.");
        using TestExperiment experiment = Projects.MakeSmall();
        experiment.Edit("<Hypervisor>container", "<Hypervisor>uml");
        experiment.BuildWell();
        ImageEntry kernel = ImageText.Find(experiment[Host], "megatux/guest/linux-guest")!;
        Assert.Equal(0x1ED, kernel.Mode);
        Assert.Contains("linux-guest", experiment.Digests().Keys);
        Assert.True(experiment.BuildWell().UpToDate);
    }

    [Fact]
    public void Full_machines_bring_the_emulator_with_all_that_it_loads()
    {
        const string qemu = "/usr/bin/qemu-system-x86_64";
        if (!File.Exists(qemu))
            Assert.Skip("The package qemu-system-x86 is not installed.");
        using TestExperiment experiment = Projects.MakeSmall(items: "<KernelModule Include=\"virtio_net\" Image=\"guest\" />");
        experiment.Edit("<Hypervisor>container", "<Hypervisor>qemu");
        experiment.Edit("<UseModules>false", "<UseModules>true");
        experiment.BuildWell();
        List<string> paths = ImageText.Paths(experiment[Host]);
        Assert.Contains(qemu[1..], paths);
        Assert.Contains("usr/share/seabios/bios-256k.bin", paths);
        Assert.Contains(paths, path => path.EndsWith("/libc.so.6", StringComparison.Ordinal));
        Assert.Contains("megatux/guest/vmlinuz-guest", paths);
        Assert.Contains("vmlinuz-guest", experiment.Digests().Keys);

        // The hosts need what the guests name for themselves too.
        Assert.Contains(paths, path => path.EndsWith("/virtio_net.ko", StringComparison.Ordinal));
        Assert.Contains(ImageText.Paths(experiment[Guest]), path => path.EndsWith("/virtio_net.ko", StringComparison.Ordinal));
        Assert.True(experiment.BuildWell().UpToDate);
    }

    [Fact]
    public void Modules_come_with_those_they_need_and_can_be_left_out()
    {
        using TestExperiment experiment = Projects.MakeSmall(items: "<KernelModule Include=\"vxlan\" />");
        experiment.Edit("<UseModules>false", "<UseModules>true");
        experiment.BuildWell();
        string list = ImageText.Text(experiment[Host], "etc/megatux/modules");
        Assert.True(list.IndexOf("udp_tunnel", StringComparison.Ordinal) is var needed and >= 0 && needed < list.IndexOf("vxlan", StringComparison.Ordinal), list);
        BuildResult without = experiment.BuildWell("-p:UseModules=false");
        Assert.Equal(["initramfs-host.img"], without.Joined);
        Assert.DoesNotContain("etc/megatux/modules", ImageText.Paths(experiment[Host]));
        experiment.BuildWell("-p:UseModules=1", "-p:DefaultKernelModules=none");
        Assert.DoesNotContain("virtio_net", ImageText.Text(experiment[Host], "etc/megatux/modules"));
    }

    [Fact]
    public void A_package_of_Debian_comes_with_its_libraries()
    {
        using TestExperiment experiment = Projects.MakeSmall(items: "<GuestPackage Include=\"hello\" /><HostPackage Include=\"hello\" />");
        BuildOrSkip(experiment);
        Assert.NotNull(ImageText.Find(experiment[Guest], "usr/bin/hello"));
        Assert.NotNull(ImageText.Find(experiment[Host], "usr/bin/hello"));
        Assert.Contains(ImageText.Paths(experiment[Guest]), path => path.EndsWith("/libc.so.6", StringComparison.Ordinal));
        Assert.True(experiment.BuildWell().UpToDate);
    }

    [Fact]
    public void A_library_of_another_package_comes_with_those_that_it_needs_itself()
    {
        // bird needs libssh-gcrypt, that needs libgcrypt, and that libgpg-error: of packages that a machine has or has not.
        using TestExperiment experiment = Projects.MakeSmall(items: "<GuestPackage Include=\"bird2\" />");
        BuildOrSkip(experiment);
        List<string> paths = ImageText.Paths(experiment[Guest]);
        Assert.All((string[])["libssh-gcrypt.so.4", "libgcrypt.so.20", "libgpg-error.so.0"], library => Assert.Contains(paths, path => path.EndsWith($"/{library}", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_package_file_of_the_users_own_is_unpacked_and_watched()
    {
        using TestExperiment experiment = Projects.MakeSmall(items: "<GuestPackage Include=\"mine.deb\" />");
        DebianFile.Make(experiment, "one\n");
        experiment.BuildWell();
        Assert.Equal("one\n", ImageText.Text(experiment[Guest], "opt/mine"));
        Assert.True(experiment.BuildWell().UpToDate);
        DebianFile.Make(experiment, "two\n");
        Assert.Equal(["guest-packages"], experiment.BuildWell().Packed.Keys);
        Assert.Equal("two\n", ImageText.Text(experiment[Guest], "opt/mine"));
    }

    [Fact]
    public void Images_may_lie_elsewhere()
    {
        using var elsewhere = new TempFolder();
        using TestExperiment experiment = Projects.MakeSmall($"<HostImageDir>../host-images</HostImageDir><GuestImageDir>{elsewhere.Path}/guests</GuestImageDir><OutputPath>out</OutputPath>");
        experiment.Edit("../host-images", "images/hosts");
        experiment.BuildWell();
        Assert.Equal(["boot.ipxe", "dnsmasq.conf", "experiment.json", "xproc.conf"], experiment.Digests("out").Keys);
        Assert.Equal(["initramfs-host.img", "vmlinuz-host"], experiment.Digests("images/hosts").Keys);
        Assert.True(File.Exists(elsewhere["guests/initramfs-guest.img"]));
        Manifest manifest = Manifest.Parse(File.ReadAllBytes(experiment["out/experiment.json"]), "experiment.json", EquationCompiler.Instance);
        Assert.All(manifest.Members, member => Assert.True(File.Exists(Path.Combine(experiment["out"], member.File)), member.File));
        Assert.True(experiment.BuildWell().UpToDate);
        experiment.Clean();
        Assert.False(Directory.Exists(elsewhere["guests"]));
        Assert.False(Directory.Exists(experiment["images"]));
    }

    [Fact]
    public void Intermediate_files_may_lie_elsewhere()
    {
        using var elsewhere = new TempFolder();
        using TestExperiment experiment = Projects.MakeSmall($"<IntermediateOutputPath>{elsewhere.Path}/state</IntermediateOutputPath>");
        experiment.BuildWell();
        Assert.True(File.Exists(elsewhere["state/megatux.state"]));
        Assert.False(Directory.Exists(experiment["obj"]));
        Assert.True(experiment.BuildWell().UpToDate);
        experiment.Clean();
        Assert.False(Directory.Exists(elsewhere["state"]));
        Assert.False(Directory.Exists(experiment["bin"]));
    }

    [Fact]
    public void Process_startup_can_be_left_out_or_described_elsewhere()
    {
        using TestExperiment experiment = Projects.MakeSmall("<XprocConfig>etc/tree.conf</XprocConfig><XprocInterface>eth7</XprocInterface>");
        experiment.BuildWell();
        Assert.Contains("interface eth7", File.ReadAllText(experiment["etc/tree.conf"]));
        Assert.False(File.Exists(experiment["bin/xproc.conf"]));
        experiment.BuildWell("-p:UseXproc=false");
        Assert.False(Directory.Exists(experiment["etc"]));
        Assert.False(File.Exists(experiment["bin/xproc.conf"]));
    }

    [Fact]
    public void A_template_of_the_projects_own_takes_the_place_of_the_SDKs()
    {
        using TestExperiment experiment = Projects.MakeSmall("<TemplatePath>mine</TemplatePath>");
        experiment.Write("mine/init.guest.hbs", "#!/bin/sh\n# {{experiment.name}}\n");
        experiment.Write("mine/boot.ipxe.hbs", "#!ipxe\n{{> tail}}\n");
        experiment.Write("mine/partials/tail.hbs", "exit\n");
        experiment.BuildWell();
        Assert.Equal("#!/bin/sh\n# test\n", ImageText.Text(experiment[Guest], "init"));
        Assert.StartsWith("#!ipxe\nexit\n", File.ReadAllText(experiment["bin/boot.ipxe"]));

        experiment.Write("mine/partials/tail.hbs", "shell\n");
        experiment.BuildWell();
        Assert.StartsWith("#!ipxe\nshell\n", File.ReadAllText(experiment["bin/boot.ipxe"]));

        experiment.Write("mine/init.host.hbs", "#!/bin/sh\n# hosts\n");
        BuildResult added = experiment.BuildWell();
        Assert.Equal(["host-init"], added.Packed.Keys);
        File.Delete(experiment["mine/init.guest.hbs"]);
        BuildResult gone = experiment.BuildWell();
        Assert.Equal(["guest-init"], gone.Packed.Keys);
        Assert.Equal("sbin/megatux-guest", ImageText.Find(experiment[Guest], "init")?.LinkTarget);
    }

    [Fact]
    public void The_level_of_compression_counts()
    {
        using TestExperiment experiment = Projects.MakeSmall();
        experiment.Write("base/etc/words", string.Concat(Enumerable.Range(0, 40_000).Select(i => $"word {i % 977} of {i % 31}\n")));
        experiment.BuildWell("-p:CompressionLevel=1");
        long fast = new FileInfo(experiment[Guest]).Length;
        BuildResult again = experiment.BuildWell("-p:CompressionLevel=9");
        Assert.Contains("gzip -9", again.Packed["guest-base"]);
        Assert.True(new FileInfo(experiment[Guest]).Length < fast);
    }

    [Theory]
    [InlineData("base.tgz", "-czf")]
    [InlineData("base.tar", "-cf")]
    [InlineData("base.tar.bz2", "-cjf")]
    public void A_base_may_be_an_archive(string name, string how)
    {
        using TestExperiment experiment = Projects.MakeSmall();
        experiment.Edit("<GuestBase>base", $"<GuestBase>{name}");
        Command.Run("tar", [how, name, "-C", "base", "."], experiment.Folder).Succeeded();
        experiment.BuildWell();
        Assert.Equal("base\n", ImageText.Text(experiment[Guest], "etc/release"));
        Assert.True(experiment.BuildWell().UpToDate);

        // Unpacking is dear: not done for a new time stamp, done for new contents.
        File.SetLastWriteTimeUtc(experiment[name], DateTime.UtcNow.AddDays(-1));
        Assert.Empty(experiment.BuildWell().Packed);
        experiment.Write("base/etc/release", "newer\n");
        Command.Run("tar", [how, name, "-C", "base", "."], experiment.Folder).Succeeded();
        Assert.Contains("etc/release: contents changed", experiment.BuildWell().Packed["guest-base"]);
        Assert.Equal("newer\n", ImageText.Text(experiment[Guest], "etc/release"));
    }

    [Fact]
    public void The_limit_for_bases_can_be_raised()
    {
        using TestExperiment experiment = Projects.MakeSmall();
        experiment.Edit("<GuestBase>base", "<GuestBase>large.tar");
        using (var tar = new TarWriter(File.Create(experiment["large.tar"])))
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "zeros") { DataStream = new ZeroStream(5 << 20) });
        Assert.Equal(ErrorCodes.ArchiveTooLarge, Assert.Single(experiment.Build("-p:BaseSizeLimit=4").Errors).Code);
        experiment.BuildWell("-p:BaseSizeLimit=8");
        Assert.Equal(5 << 20, ImageText.Bytes(experiment[Guest], "zeros").Length);
    }

    [Fact]
    public void Another_busybox_makes_another_base()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Skip("Only root may put another file in busybox's place for a while.");
        using TestExperiment experiment = Projects.MakeSmall();
        experiment.Edit("<GuestBase>base", "<GuestBase>busybox");
        experiment.BuildWell();
        Command.Run("/bin/sh", ["-c", "cat /bin/busybox >newer && echo >>newer && chmod 755 newer"], experiment.Folder).Succeeded();
        BuildResult result = experiment.BuildWithin("exec unshare -m sh -c 'mount --bind newer /bin/busybox && exec \"$@\"' sh \"$@\"").Succeeded();
        Assert.Equal(["guest-base"], result.Packed.Keys);
    }

    [Fact]
    public void A_newer_kernel_is_taken_when_it_comes()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Skip("Only root may mount another /boot for a while.");
        using TestExperiment experiment = Projects.MakeSmall();
        experiment.BuildWell();
        Command.Run("/bin/sh", ["-c", "mkdir boot && cp /boot/vmlinuz-* boot/ && cp /boot/vmlinuz-* boot/vmlinuz-99.1.0 && echo >>boot/vmlinuz-99.1.0"], experiment.Folder).Succeeded();
        BuildResult result = experiment.BuildWithin("exec unshare -m sh -c 'mount --bind boot /boot && exec \"$@\"' sh \"$@\"").Succeeded();
        Assert.Contains("copied vmlinuz-host: Linux 99.1.0", result.Output);
    }

    [Fact]
    public void The_summary_says_what_was_built_how_large_it_is_and_where_it_lies()
    {
        using TestExperiment experiment = Projects.MakeSmall();
        string output = experiment.BuildWell().Output;
        Assert.Contains("2 hosts x 2 guests = 4 guests (container)", output);
        Assert.Matches(@"packed guest-base: 5 bytes in \d+ entries, \d+ bytes packed, because it was not there", output);
        Assert.Matches($@"{experiment["bin/initramfs-guest.img"]} \([\d.]+ (bytes|KiB|MiB)\)", output);
        Assert.Matches($@"{experiment["bin/initramfs-host.img"]} \([\d.]+ (bytes|KiB|MiB)\)", output);
        Assert.Contains($"test -> {experiment["bin"]}", output);
    }

    [Fact]
    public void A_classic_file_becomes_a_project_that_builds()
    {
        using var folder = new TempFolder();
        folder.Write("vmatic.conf", """
            PHYSICAL_HOSTS="node[1-3]"
            VMS_PER_HOST=4
            START_VM_NETWORK_AT=10.4.0.0
            VM_NETMASK=255.255.255.0
            VM_MEM=32
            GUEST_OVERLAY_DIR=guest
            HOST_OVERLAY_DIR=host
            USE_MODULES=n
            USE_BPROC=y
            """);
        string imported = folder["test.megatux"];
        Command.Run(PublishedCommand.Path, ["import", folder["vmatic.conf"], "--output", imported]).Succeeded();
        using var experiment = new TestExperiment(File.ReadAllText(imported));
        experiment.Write("guest/etc/hello", "hello\n");
        experiment.Write("host/etc/hello", "hello\n");
        BuildResult result = experiment.BuildWell("-p:Hypervisor=container");
        Assert.Contains("3 hosts x 4 guests = 12 guests", result.Output);
        Assert.Equal("hello\n", ImageText.Text(experiment[Guest], "etc/hello"));
    }

    private static void BuildOrSkip(TestExperiment experiment)
    {
        BuildResult result = experiment.Build();
        if (result.Errors.Any(error => error.Code is ErrorCodes.PackageUnknown or ErrorCodes.PackageDownloadFailed))
            Assert.Skip($"No package can be had here: {result.Errors[0].Message}");
        Assert.True(result.ExitCode == 0, result.Output);
    }
}
