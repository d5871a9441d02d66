using System.Text.RegularExpressions;
using Megatux.Equations;
using Megatux.Hypervisors;
using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.EndToEnd.Tests;

/// <summary>Real kernels find in the images that the SDK built what the project put there.</summary>
public sealed partial class ImagePartsTests(EveryPart built) : IClassFixture<EveryPart>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("vm1.h1", "overlay: some")]
    [InlineData("vm1.h0", "overlay: none")]
    public void A_guest_finds_all_parts_and_an_overlay_of_some_nodes_only_if_it_is_one_of_them(string node, string overlay)
    {
        string[] console = Console(built.Boot(node, "--console"));
        AssertParts(console);
        Assert.Equal(overlay, console.SkipWhile(line => line != "overlay: plain").Skip(1).Single(line => line.StartsWith("overlay:", StringComparison.Ordinal)));
        Assert.Contains($"megatux: {node} is up", console);
    }

    [Fact]
    public void A_host_finds_all_parts_its_modules_loaded_and_what_its_guests_boot()
    {
        string[] console = Console(built.Boot("h1", "--console"));
        AssertParts(console);
        Assert.Contains("module: dummy", console);
        Assert.Contains("overlay: none", console);
        Assert.Contains($"{Digest(Manifest.FileName)}  /etc/megatux/{Manifest.FileName}", console);
        foreach (string file in new[] { "linux-guest", "initramfs-guest.img", "members/guest-overlay-some.cpio.gz" })
            Assert.Contains($"{Digest(file)}  /megatux/guest/{file}", console);
    }

    [Theory]
    [InlineData("uml")]
    [InlineData("qemu")]
    public async Task Kernels_unpack_members_of_different_compressors_in_one_image(string kernel)
    {
        built.Experiment.BuildWell("-p:Compression=zstd", "-p:OutputPath=zstd/", "-p:IntermediateOutputPath=zstd-obj/");
        Manifest gzip = Read("bin"), zstd = Read("zstd");
        Node node = gzip.Experiment.Find("vm1.h1")!;
        string[] files = [NodeInitrd.FilesOf(gzip, built.Experiment["bin"], node)[0], NodeInitrd.FilesOf(zstd, built.Experiment["zstd"], node)[1]];
        Assert.EndsWith(".zst", files[1], StringComparison.Ordinal);

        using var folder = new TempFolder();
        await using (FileStream image = File.Create(folder["image"]))
            await NodeInitrd.JoinAsync(files, image, TestContext.Current.CancellationToken);
        ManifestKernel boots = (kernel == "uml" ? gzip.GuestKernel : gzip.HostKernel)!;
        await using Machine machine = (kernel == "uml" ? (IHypervisor)new Hypervisors.Uml() : new Hypervisors.Qemu()).Launch(new MachineSpec
        {
            Name = node.Name,
            Kernel = Path.Combine(built.Experiment["bin"], boots.File),
            Initrd = folder["image"],
            MemoryMiB = 192,
            CommandLine = ["megatux.poweroff"],
            Folder = folder.Path,
        });
        string[] console = await ReadToEnd(machine);
        AssertParts(console);
        Assert.Contains("overlay: some", console);
        Assert.Equal(0, await machine.Exit);
    }

    private static async Task<string[]> ReadToEnd(Machine machine)
    {
        using var late = new CancellationTokenSource(Deadline);
        using CancellationTokenRegistration kill = late.Token.Register(machine.Kill);
        var lines = new List<string>();
        await foreach (string line in machine.ReadConsoleAsync())
            lines.Add(line);
        return [.. lines];
    }

    private static void AssertParts(string[] console)
    {
        string all = string.Join('\n', console);
        Assert.Contains("overlay: plain\ntemplate: h[0-1] apricots\n", all, StringComparison.Ordinal);
        Assert.Matches(KmodSpeaks(), all);
        Assert.Contains("status: /etc/owned regular empty file 640 1234:567", console);
        Assert.Contains("status: /etc/pipe fifo 604 9:9", console);
        Assert.Contains("\"name\": \"parts\"", console);
    }

    private static string[] Console(CommandResult result) => result.Succeeded().Output.Split('\n');

    private string Digest(string file) => built.Experiment.Digests()[file];

    private Manifest Read(string folder)
    {
        string path = built.Experiment[$"{folder}/{Manifest.FileName}"];
        return Manifest.Parse(File.ReadAllBytes(path), path, EquationCompiler.Instance);
    }

    [GeneratedRegex(@"^closure: kmod version \d+", RegexOptions.Multiline)]
    private static partial Regex KmodSpeaks();
}
