using System.Security.Cryptography;
using Megatux.Equations;
using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.Cli.Tests;

/// <summary>A netboot tree: what is in it, what switches it, and what must not harm it.</summary>
public sealed class DeployCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public DeployCommandTests() => Directory.CreateDirectory(Firmware);

    private string Tree => _folder["netboot"];

    private string Firmware => _folder["firmware"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_deployment_has_all_that_machines_boot_with_checksums_and_its_script_names_its_own_files()
    {
        _folder.Write("firmware/undionly.kpxe", "iPXE");
        _folder.Write("firmware/ipxe.efi", "iPXE");
        CommandResult result = Deploy(Build("one"));
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("one is deployment 1 ", result.Output, StringComparison.Ordinal);
        Assert.Equal("kernel of one", File.ReadAllText(At("current/vmlinuz-host")));
        Assert.Equal("member of one", File.ReadAllText(At("current/members/rack.cpio.gz")));
        Assert.Equal(Script(1, "one"), File.ReadAllText(At("boot.ipxe")));
        Assert.Equal("dnsmasq of one", File.ReadAllText(At("dnsmasq.conf")));
        Assert.Equal("iPXE", File.ReadAllText(At("undionly.kpxe")));
        Command.Run("sha256sum", ["--check", "--strict", "SHA256SUMS"], At("deployments/1")).Succeeded();
        Assert.Equal(7, File.ReadLines(At("current/SHA256SUMS")).Count());
    }

    [Fact]
    public void A_rollback_has_machines_boot_what_they_booted_before_and_a_number_says_which()
    {
        foreach (string name in (string[])["one", "two", "three"])
            Deploy(Build(name)).Succeeded();
        Assert.Equal("kernel of three", File.ReadAllText(At("current/vmlinuz-host")));
        Assert.Contains("deployment 2 ", Megatux("--rollback").Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(("kernel of two", Script(2, "two")), (File.ReadAllText(At("current/vmlinuz-host")), File.ReadAllText(At("boot.ipxe"))));
        Megatux("--rollback").Succeeded();
        Assert.Contains("MTX4103", Failed(Megatux("--rollback")), StringComparison.Ordinal);
        Assert.Contains("it has 1, 2, 3", Failed(Megatux("--rollback", "7")), StringComparison.Ordinal);
        Megatux("--rollback", "3").Succeeded();
        string[] listed = Megatux("--list").Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["1 one", "2 two", "*3 three"], listed.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is var words && words[0] == "*" ? $"*{words[1]} {words[2]}" : $"{words[0]} {words[1]}"));
    }

    [Fact]
    public void Only_the_newest_are_kept_and_never_is_that_removed_which_machines_boot_and_no_number_comes_twice()
    {
        foreach (string name in (string[])["one", "two", "three"])
            Deploy(Build(name), "--keep", "2").Succeeded();
        Assert.Equal(["2", "3"], Deployments());
        Megatux("--rollback").Succeeded();
        Deploy(Build("four"), "--keep", "1").Succeeded();
        Assert.Equal(["4"], Deployments());
    }

    [Fact]
    public void A_folder_that_is_not_ours_is_left_as_it_is()
    {
        _folder.Write("netboot/thesis.tex", "mine");
        string error = Failed(Deploy(Build("one")));
        Assert.Contains("MTX4101", error, StringComparison.Ordinal);
        Assert.Equal(["thesis.tex"], Directory.EnumerateFileSystemEntries(Tree).Select(Path.GetFileName));
        File.WriteAllText(_folder["file"], "mine");
        Assert.Contains("MTX4101", Failed(MegatuxProgram.Run("deploy", Build("one"), "--to", _folder["file"])), StringComparison.Ordinal);
        Assert.Contains("MTX4101", Failed(MegatuxProgram.Run("deploy", "--to", _folder["new"], "--list")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["new"]), "it was made");
    }

    [Fact]
    public void A_build_that_is_not_whole_is_not_deployed_and_the_old_one_stays()
    {
        Deploy(Build("one")).Succeeded();
        string two = Build("two");
        File.AppendAllText(Path.Combine(two, "vmlinuz-host"), "more");
        Assert.Contains("MTX3512", Failed(Deploy(two)), StringComparison.Ordinal);
        File.Delete(Path.Combine(two, "members/rack.cpio.gz"));
        Assert.Contains("MTX3102", Failed(Deploy(two)), StringComparison.Ordinal);
        Assert.Equal(("kernel of one", "1"), (File.ReadAllText(At("current/vmlinuz-host")), Assert.Single(Deployments())));
    }

    [Fact]
    public void Images_in_a_folder_of_their_own_lie_beside_their_script_and_nothing_lies_elsewhere()
    {
        Deploy(Build("one", images: "../images/")).Succeeded();
        Assert.Equal(["boot.ipxe", "dnsmasq.conf", "experiment.json", "initramfs-host.img", "key.img", "members", "SHA256SUMS", "vmlinuz-host"],
            Directory.EnumerateFileSystemEntries(At("current/")).Select(Path.GetFileName).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(["1"], Deployments());
        Deploy(Build("two", images: "../images/")).Succeeded();
        Assert.Equal("kernel of two", File.ReadAllText(At("current/vmlinuz-host")));
    }

    [Fact]
    public void A_script_that_names_files_of_no_deployment_is_not_deployed_and_a_damaged_deployment_can_still_be_left()
    {
        string one = Build("one");
        Deploy(one).Succeeded();
        File.WriteAllText(Path.Combine(one, "boot.ipxe"), "#!ipxe\nboot vmlinuz-host\n");
        Assert.Contains("${deployment}", Failed(Deploy(one)), StringComparison.Ordinal);
        Deploy(Build("two")).Succeeded();
        File.WriteAllText(At("deployments/1/experiment.json"), "{");
        Assert.Contains("* ", Megatux("--list").Succeeded().Output, StringComparison.Ordinal);
        Megatux("--rollback").Succeeded();
        Assert.Contains("no deployment 0", Failed(Megatux("--rollback", "0")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_is_full_in_the_middle_leaves_the_old_one_booting_and_nothing_of_the_new_one()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Skip("only root can mount a small disk");
        string one = Build("one"), two = Build("two", new byte[2 << 20]);
        string deploy = $"$MEGATUX deploy --firmware {Firmware} --to {Tree}";
        CommandResult result = MegatuxProgram.Shell($"""
            exec unshare --mount sh -c '
            mkdir {Tree} && mount -t tmpfs -o size=1m none {Tree} || exit 9
            {deploy} {one} || exit 8
            {deploy} {two}; echo exit $?
            cat {Tree}/current/vmlinuz-host; echo
            ls -A {Tree}/deployments'
            """);
        Assert.Contains("MTX4102", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("exit 2\nkernel of one\n1\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_deploy_at_once_do_so_one_after_the_other_or_are_told()
    {
        string one = Build("one");
        CommandResult[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Deploy(one))));
        Assert.All(results, result => Assert.True(result.ExitCode == 0 || result.Error.Contains("MTX4104", StringComparison.Ordinal), result.All));
        Assert.Equal(results.Count(result => result.ExitCode == 0), int.Parse(Deployments()[^1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("kernel of one", File.ReadAllText(At("current/vmlinuz-host")));
    }

    [Theory]
    [InlineData("--list", "--rollback")]
    [InlineData]
    [InlineData("EXPERIMENT", "--keep", "0")]
    [InlineData("EXPERIMENT", "--list")]
    [InlineData("--list", "--kexec", "hosts")]
    public void Options_that_contradict_each_other_are_told_of_and_nothing_is_made(params string[] words)
    {
        string one = Build("one");
        Assert.Contains("MTX4105", Failed(Megatux([.. words.Select(word => word == "EXPERIMENT" ? one : word)])), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Tree), "a tree was made");
    }

    [Fact]
    public void Hosts_are_told_who_controls_them_and_are_given_the_key_of_the_experiment()
    {
        Deploy(Build("one"), "--master", "172.31.0.9").Succeeded();
        Assert.Contains("set tree initrd=key.img megatux.master=172.31.0.9\n", File.ReadAllText(At("boot.ipxe")), StringComparison.Ordinal);
        Directory.CreateDirectory(_folder["root"]);
        Command.Run("sh", ["-c", $"cd {_folder["root"]} && cpio -id < {At("current/key.img")}"]).Succeeded();
        Assert.Equal(File.ReadAllText(global::Megatux.Tree.ExperimentKey.PathOf("one")), File.ReadAllText(_folder["root/etc/megatux/key.pem"]));
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(_folder["root/etc/megatux/key.pem"]));
        Assert.Contains("MTX4105", Failed(Deploy(Build("one"), "--master", "boot-server")), StringComparison.Ordinal);
    }

    private string At(string path) => Path.Combine(Tree, path);

    private string[] Deployments() => [.. Directory.EnumerateDirectories(At("deployments")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private CommandResult Deploy(string experiment, params string[] more) => Megatux([experiment, "--firmware", Firmware, .. more]);

    private CommandResult Megatux(params string[] words) => MegatuxProgram.Run(["deploy", "--to", Tree, .. words]);

    private static string Failed(CommandResult result)
    {
        Assert.Equal(2, result.ExitCode);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        return result.Error;
    }

    private static string Script(int number, string name) =>
        $"#!ipxe\nset deployment deployments/{number}/\nset tree initrd=key.img megatux.master=${"{next-server}"}\nboot ${"{deployment}"}{name} ${"{tree}"}\n";

    /// <summary>The folder of an experiment as a build leaves it, with contents that say whose they are.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="image">What is in the image.</param>
    /// <param name="images">The folder of images, by its path from that of the others.</param>
    private string Build(string name, byte[]? image = null, string images = "")
    {
        (Experiment? experiment, _) = new ExperimentDescription { Name = name, PhysicalHosts = "h[0-1]", VmsPerHost = "1", VmNetworkStart = "1.0.0.0", VmMemory = "30" }.Resolve(EquationCompiler.Instance);
        _folder.Write($"{name}/{images}initramfs-host.img", image ?? "image"u8.ToArray());
        _folder.Write($"{name}/{images}members/rack.cpio.gz", $"member of {name}");
        _folder.Write($"{name}/boot.ipxe", $"#!ipxe\nboot ${"{deployment}"}{name} ${"{tree}"}\n");
        _folder.Write($"{name}/dnsmasq.conf", $"dnsmasq of {name}");
        string kernel = _folder.Write($"{name}/{images}vmlinuz-host", $"kernel of {name}");
        return Path.GetDirectoryName(_folder.Write($"{name}/experiment.json", new Manifest
        {
            Experiment = experiment!,
            Xproc = new XprocSettings(true, "eth0"),
            HostKernel = new ManifestKernel { File = $"{images}vmlinuz-host", Sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(kernel))), Version = "6.1.0" },
            Members =
            [
                Member("host-base", $"{images}initramfs-host.img", null),
                Member("host-rack", $"{images}members/rack.cpio.gz", NodeSet.Parse("h0")),
            ],
        }.ToJson()))!;
    }

    private static ManifestMember Member(string name, string file, NodeSet? nodes) => new()
    {
        Name = name,
        Image = ImageKind.Host,
        File = file,
        Nodes = nodes,
        Size = 5,
        Sha256 = new string('0', 64),
        Compression = MemberCompression.Gzip,
    };
}
