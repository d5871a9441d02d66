using System.Security.Cryptography;
using System.Text.Json;
using Megatux.Equations;
using Megatux.Model;

namespace Megatux.Cli.Tests;

/// <summary>The folder that a build server uploads: what is in it, what it says of that, and what must not harm it.</summary>
public sealed class ArtifactsCommandTests : IDisposable
{
    private const string Busybox = "/bin/busybox";

    private readonly TempFolder _folder = new();

    private string Output => _folder["uploads/one"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_folder_has_all_that_a_build_made_with_checksums_of_every_file()
    {
        CommandResult result = Artifacts(Build("one"));
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(["SHA256SUMS", "boot.ipxe", "dnsmasq.conf", "experiment.json", "initramfs-guest.img", "initramfs-host.img", "linux-guest",
            "members/rack.cpio.gz", "provenance.json", "sbom.cdx.json", "vmlinuz-host", "xproc.conf"], Files());
        Command.Run("sha256sum", ["--check", "--strict", "SHA256SUMS"], Output).Succeeded();
        Assert.Equal(11, File.ReadLines(At("SHA256SUMS")).Count());
        Assert.True(File.GetUnixFileMode(At("linux-guest")).HasFlag(UnixFileMode.UserExecute), "the guests' kernel is no program any more");
        Assert.Equal(["one"], Directory.EnumerateFileSystemEntries(_folder["uploads"]).Select(Path.GetFileName));
    }

    [Fact]
    public void The_bill_names_packages_by_the_sums_of_their_files_and_what_is_of_no_package_by_its_own()
    {
        if (Package(Busybox) is not var (name, version, architecture))
            return;
        Artifacts(Build("one")).Succeeded();
        using JsonDocument bill = JsonDocument.Parse(File.ReadAllBytes(At("sbom.cdx.json")));
        JsonElement root = bill.RootElement;
        Assert.Equal(("CycloneDX", "1.5"), (root.GetProperty("bomFormat").GetString(), root.GetProperty("specVersion").GetString()));
        Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", root.GetProperty("serialNumber").GetString());
        JsonElement package = Component(root, name);
        Assert.Equal(("library", version), (package.GetProperty("type").GetString(), package.GetProperty("version").GetString()));
        Assert.Equal($"pkg:deb/debian/{name}@{version.Replace("+", "%2B", StringComparison.Ordinal)}?arch={architecture}", package.GetProperty("purl").GetString());

        // Debian 12 has one folder of the two; the host's image has the file in the other, and the guest's under two names.
        Assert.Equal(["initramfs-guest.img:/bin/busybox", "initramfs-host.img:/usr/bin/busybox"], Places(package));
        JsonElement own = Component(root, "/etc/motd");
        Assert.Equal(("file", Sum("hello from one\n"u8)), (own.GetProperty("type").GetString(), own.GetProperty("hashes")[0].GetProperty("content").GetString()));
        Assert.Equal(["initramfs-guest.img:/etc/motd", "initramfs-guest.img:/etc/issue"],
            [.. Places(own), .. Places(Component(root, "/etc/issue"))]);
        Assert.Equal(["members/rack.cpio.gz:/etc/rack"], Places(Component(root, "/etc/rack")));
        JsonElement kernel = root.GetProperty("components").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "linux" && one.GetProperty("version").GetString() == "6.1.7");
        Assert.Equal(["initramfs-host.img:/megatux/guest/linux-guest", "linux-guest"], Places(kernel));
        Assert.Equal("application", Component(root, "megatuxd").GetProperty("type").GetString());

        // A file of the package's path with other contents is somebody's own.
        Assert.Equal(["members/rack.cpio.gz:/bin/busybox"], Places(Component(root, "/bin/busybox")));
    }

    [Fact]
    public void Provenance_names_all_files_the_commit_and_whether_it_is_all()
    {
        string one = Build("one");
        _folder.Write("global.json", """{ "msbuild-sdks": { "Megatux.Sdk": "1.2.3" } }""");
        Git("init", "-q");
        Git("add", "one", "global.json");
        Git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "first");
        Git("remote", "add", "origin", "https://somebody:secret@example.org/lab.git");
        Artifacts(one).Succeeded();

        // What the command made itself is no change, however often it is called.
        Artifacts(one).Succeeded();
        using (JsonDocument statement = JsonDocument.Parse(File.ReadAllBytes(At("provenance.json"))))
        {
            JsonElement root = statement.RootElement;
            Assert.Equal(("https://in-toto.io/Statement/v1", "https://slsa.dev/provenance/v1"), (root.GetProperty("_type").GetString(), root.GetProperty("predicateType").GetString()));
            Assert.Equal(Files().Except(["SHA256SUMS", "provenance.json"]), root.GetProperty("subject").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
            JsonElement[] from = [.. root.GetProperty("predicate").GetProperty("buildDefinition").GetProperty("resolvedDependencies").EnumerateArray()];
            string commit = Git("rev-parse", "HEAD").Trim();
            Assert.Equal((commit, $"git+https://example.org/lab.git@{commit}"), (from[0].GetProperty("digest").GetProperty("gitCommit").GetString(), from[0].GetProperty("uri").GetString()));
            Assert.False(from[0].GetProperty("annotations").GetProperty("uncommittedChanges").GetBoolean(), Git("status", "--porcelain"));
            Assert.Equal("pkg:nuget/Megatux.Sdk@1.2.3", from[1].GetProperty("uri").GetString());
        }

        _folder.Write("one/overlays/new", "not committed");
        Artifacts(one).Succeeded();
        Assert.Contains("\"uncommittedChanges\": true", File.ReadAllText(At("provenance.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_build_gives_the_same_bytes_and_a_million_guests_as_many_as_two()
    {
        Artifacts(Build("one")).Succeeded();
        string first = File.ReadAllText(At("SHA256SUMS"));
        long length = Length();
        Artifacts(_folder["one"]).Succeeded();
        Assert.Equal(first, File.ReadAllText(At("SHA256SUMS")));
        Artifacts(Build("one", hosts: "h[0-999]", guests: "1000")).Succeeded();
        Assert.InRange(Length(), length, length + 20);
    }

    [Fact]
    public void Images_in_folders_of_their_own_lie_beside_the_manifest_which_says_so_and_the_folder_can_be_deployed()
    {
        Artifacts(Build("one", images: "../images/")).Succeeded();
        Assert.Equal(12, Files().Length);
        Assert.DoesNotContain("..", File.ReadAllText(At("experiment.json")), StringComparison.Ordinal);
        MegatuxProgram.Run("deploy", Output, "--to", _folder["netboot"]).Succeeded();
        Assert.Equal("kernel of one", File.ReadAllText(_folder["netboot/current/vmlinuz-host"]));
    }

    [Fact]
    public void What_is_to_be_checked_of_the_experiment_is_taken_along()
    {
        string one = Build("one");
        _folder.Write("one/validation.json", "checks\n");
        Artifacts(one).Succeeded();
        Assert.Equal("checks\n", File.ReadAllText(At("validation.json")));
        Assert.Contains(Sum("checks\n"u8) + "  validation.json", File.ReadAllText(At("SHA256SUMS")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_ours_is_left_as_it_is_and_so_is_one_that_somebody_put_a_file_in()
    {
        string one = Build("one");
        _folder.Write("uploads/one/thesis.tex", "mine");
        Assert.Contains("MTX4201", Failed(Artifacts(one)), StringComparison.Ordinal);
        Assert.Equal(["thesis.tex"], Files());
        File.Delete(At("thesis.tex"));
        Artifacts(one).Succeeded();
        string made = File.ReadAllText(At("SHA256SUMS"));
        foreach (string mine in (string[])["notes", "members/notes"])
        {
            _folder.Write($"uploads/one/{mine}", "mine");
            Assert.Contains(mine, Failed(Artifacts(one)), StringComparison.Ordinal);
            Assert.Equal(("mine", made), (File.ReadAllText(At(mine)), File.ReadAllText(At("SHA256SUMS"))));
            File.Delete(At(mine));
        }

        File.WriteAllText(_folder["file"], "mine");
        Assert.Contains("MTX4201", Failed(MegatuxProgram.Run("artifacts", one, "--to", _folder["file"])), StringComparison.Ordinal);
        Assert.Contains("MTX4201", Failed(MegatuxProgram.Run("artifacts", one, "--to", one)), StringComparison.Ordinal);
        Assert.Equal(["one"], Directory.EnumerateFileSystemEntries(_folder["uploads"]).Select(Path.GetFileName));
    }

    [Fact]
    public void A_build_that_is_not_whole_gives_no_artifacts_and_those_of_before_stay()
    {
        string one = Build("one");
        Artifacts(one).Succeeded();
        string made = File.ReadAllText(At("SHA256SUMS"));
        File.AppendAllText(Path.Combine(one, "linux-guest"), "more");
        Assert.Contains("MTX3512", Failed(Artifacts(one)), StringComparison.Ordinal);
        Build("one");
        File.WriteAllBytes(Path.Combine(one, "members/rack.cpio.gz"), new byte[4096]);
        Assert.Contains("MTX3512", Failed(Artifacts(one)), StringComparison.Ordinal);
        Build("one");
        File.WriteAllText(Path.Combine(one, "initramfs-guest.img"), new string('x', 1 << 20));
        Failed(Artifacts(one));
        File.Delete(Path.Combine(one, "initramfs-guest.img"));
        Assert.Contains("MTX3102", Failed(Artifacts(one)), StringComparison.Ordinal);
        Assert.Equal((made, 12), (File.ReadAllText(At("SHA256SUMS")), Files().Length));
        Assert.Equal(["one"], Directory.EnumerateFileSystemEntries(_folder["uploads"]).Select(Path.GetFileName));
    }

    [Fact]
    public void A_disk_that_is_full_in_the_middle_leaves_what_was_there_and_a_folder_that_a_killed_one_left_does_no_harm()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Skip("only root can mount a small disk");
        string one = Build("one"), two = Build("two", kernel: new string('k', 6 << 20));
        CommandResult result = MegatuxProgram.Shell($"""
            exec unshare --mount sh -c '
            mkdir {_folder["disk"]} && mount -t tmpfs -o size=9m none {_folder["disk"]} && cd {_folder["disk"]} || exit 9
            mkdir .megatux-tmp-out && echo left >.megatux-tmp-out/behind
            $MEGATUX artifacts {one} --to out >&2 || exit 8
            $MEGATUX artifacts {two} --to out; echo exit $?
            cat out/vmlinuz-host; echo
            cd out && sha256sum --check --quiet --strict SHA256SUMS && ls -A ..'
            """);
        Assert.Contains("MTX4202", result.Error, StringComparison.Ordinal);
        Assert.Equal("exit 2\nkernel of one\nout\n", result.Output);
    }

    [Theory]
    [InlineData("86400", "\"timestamp\": \"1970-01-02T00:00:00Z\"", 0)]
    [InlineData("", "\"timestamp\"", 1)]
    [InlineData("yesterday", "MTX4204", 2)]
    public void A_time_is_in_the_bill_only_where_the_environment_gives_one(string epoch, string text, int outcome)
    {
        CommandResult result = MegatuxProgram.Shell($"SOURCE_DATE_EPOCH={epoch} exec $MEGATUX artifacts {Build("one")} --to {Output}");
        if (outcome == 2)
            Assert.Contains(text, Failed(result), StringComparison.Ordinal);
        else
            Assert.Equal(outcome == 0, File.ReadAllText(At("sbom.cdx.json")).Contains(text, StringComparison.Ordinal));
    }

    private string At(string path) => Path.Combine(Output, path);

    private string[] Files() => [.. Directory.EnumerateFiles(Output, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Output, path)).Order(StringComparer.Ordinal)];

    private long Length() => Files().Sum(name => new FileInfo(At(name)).Length);

    private CommandResult Artifacts(string experiment) => MegatuxProgram.Run("artifacts", experiment, "--to", Output);

    private string Git(params string[] words) => Command.Run("git", words, _folder.Path).Succeeded().Output;

    private static string Sum(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static JsonElement Component(JsonElement bill, string name) =>
        Assert.Single(bill.GetProperty("components").EnumerateArray(), one => one.GetProperty("name").GetString() == name);

    private static string[] Places(JsonElement component) =>
        [.. component.GetProperty("evidence").GetProperty("occurrences").EnumerateArray().Select(one => one.GetProperty("location").GetString()!)];

    private static (string Name, string Version, string Architecture)? Package(string file)
    {
        if (Command.Find("dpkg") is null || !File.Exists(file))
            Assert.Skip($"{file} is no file of a Debian package here.");
        CommandResult owner = Command.Run("dpkg", ["-S", file]);
        if (owner.ExitCode != 0)
            Assert.Skip($"{file} is no file of a Debian package here.");
        string[] words = Command.Run("dpkg-query", ["-W", "-f", "${Package} ${Version} ${Architecture}", owner.Output.Split(": ")[0]]).Succeeded().Output.Split(' ');
        return (words[0], words[1], words[2]);
    }

    private static string Failed(CommandResult result)
    {
        Assert.Equal(2, result.ExitCode);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        return result.Error;
    }

    /// <summary>The folder of an experiment as a build leaves it, with images that GNU cpio made.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="hosts">Its hosts.</param>
    /// <param name="guests">Guests on each of them.</param>
    /// <param name="kernel">The hosts' kernel.</param>
    /// <param name="images">The folder of images, by its path from that of the others.</param>
    private string Build(string name, string hosts = "h[0-1]", string guests = "1", string? kernel = null, string images = "")
    {
        (Experiment? experiment, _) = new ExperimentDescription { Name = name, PhysicalHosts = hosts, VmsPerHost = guests, VmNetworkStart = "1.0.0.0", VmNetmask = "255.255.252.0", VmMemory = "30" }.Resolve(EquationCompiler.Instance);
        string host = _folder.Write($"{name}/{images}vmlinuz-host", kernel ?? $"kernel of {name}"), guest = _folder.Write($"{name}/{images}linux-guest", $"guests' kernel of {name}");
        File.SetUnixFileMode(guest, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Command.Run("sh", ["-euc", $$"""
            rm -rf {{name}}-root; mkdir {{name}}-root; cd {{name}}-root
            pack() { (cd $1; find . -mindepth 1 | LC_ALL=C sort | cpio --quiet -o -H newc -R +0:+0 --reproducible) | gzip -n | dd bs=4 conv=sync status=none; }
            mkdir -p host/usr/bin host/megatux/guest init/sbin guest/bin guest/etc rack/etc rack/bin
            [ ! -f {{Busybox}} ] || cp {{Busybox}} host/usr/bin/busybox
            [ ! -f {{Busybox}} ] || cp {{Busybox}} guest/bin/busybox
            cp {{Path.GetFullPath(guest)}} host/megatux/guest/
            echo agent >init/sbin/megatuxd
            echo "hello from {{name}}" >guest/etc/motd
            ln guest/etc/motd guest/etc/issue
            echo rack >rack/etc/rack
            echo mine >rack/bin/busybox
            find . -exec touch -h -d @0 '{}' +
            { pack host; pack init; } >image-host; pack guest >image-guest; pack rack >image-rack
            """], _folder.Path).Succeeded();
        foreach ((string made, string file) in ((string, string)[])[("image-host", "initramfs-host.img"), ("image-guest", "initramfs-guest.img"), ("image-rack", "members/rack.cpio.gz")])
            _folder.Write($"{name}/{images}{file}", File.ReadAllBytes(_folder[$"{name}-root/{made}"]));
        Directory.Delete(_folder[$"{name}-root"], recursive: true);
        foreach (string netboot in (string[])["boot.ipxe", "dnsmasq.conf", "xproc.conf"])
            _folder.Write($"{name}/{netboot}", netboot == "boot.ipxe" ? "#!ipxe\nboot ${deployment}vmlinuz-host ${tree}\n" : $"{netboot} of {name}");
        return Path.GetDirectoryName(_folder.Write($"{name}/experiment.json", new Manifest
        {
            Experiment = experiment!,
            Xproc = new XprocSettings(true, "eth0"),
            HostKernel = Kernel($"{images}vmlinuz-host", host, "6.1.0"),
            GuestKernel = Kernel($"{images}linux-guest", guest, "6.1.7"),
            Members =
            [
                Member("host-base", ImageKind.Host, $"{images}initramfs-host.img"),
                Member("host-init", ImageKind.Host, $"{images}initramfs-host.img"),
                Member("guest-base", ImageKind.Guest, $"{images}initramfs-guest.img"),
                Member("guest-rack", ImageKind.Guest, $"{images}members/rack.cpio.gz") with
                {
                    Nodes = NodeSet.Parse("vm0.h0"),
                    Sha256 = Sum(File.ReadAllBytes(_folder[$"{name}/{images}members/rack.cpio.gz"])),
                },
            ],
        }.ToJson()))!;
    }

    private static ManifestKernel Kernel(string file, string path, string version) => new() { File = file, Sha256 = Sum(File.ReadAllBytes(path)), Version = version };

    private static ManifestMember Member(string name, ImageKind image, string file) => new()
    {
        Name = name,
        Image = image,
        File = file,
        Size = 5,
        Sha256 = new string('0', 64),
        Compression = MemberCompression.Gzip,
    };
}
