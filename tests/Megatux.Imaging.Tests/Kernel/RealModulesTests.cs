namespace Megatux.Imaging.Tests;

/// <summary>The modules of the machine's installed kernels, with modprobe as the measure.</summary>
public sealed class RealModulesTests
{
    private static readonly KernelCatalog Catalog = new();

    [Fact]
    public void Every_module_of_the_host_kernel_resolves_to_what_modprobe_would_load()
    {
        KernelImage kernel = Host();
        ModuleTree tree = ModuleTree.Open(kernel.ModulesFolder, kernel.Version);
        string[] names = [.. File.ReadLines(Path.Combine(kernel.ModulesFolder, "modules.order")).Select(path => ModuleIndex.NameOf(path)!)];
        Assert.True(names.Length > 100);
        foreach ((string name, string[] expected) in ModprobeLoads(kernel.Version, names))
        {
            ModulePlan plan = tree.Resolve([name]);
            Assert.Equal(expected, plan.Modules.Select(module => Path.Combine(kernel.ModulesFolder, module.Path)).Order(StringComparer.Ordinal));
            AssertOrdered(plan);
        }

        ModulePlan all = tree.Resolve(names);
        Assert.Equal(names.Order(StringComparer.Ordinal), all.Modules.Select(module => module.Name).Order(StringComparer.Ordinal));
        AssertOrdered(all);
    }

    [Theory]
    [InlineData("fs-overlay")]
    [InlineData("virtio:d00000001v00001AF4")]
    [InlineData("virtio:d00000002v00001AF4")]
    [InlineData("nf-conntrack")]
    [InlineData("crypto-crc32c")]
    [InlineData("rtnl-link-bridge")]
    [InlineData("net-pf-10")]
    [InlineData("char-major-10-200")]
    [InlineData("pci:v00001AF4d00001000sv00001AF4sd00000001bc02sc00i00")]
    public void An_alias_resolves_as_modprobe_does(string alias)
    {
        KernelImage kernel = Host();
        string[] expected = ModprobeLoads(kernel.Version, [alias]).Single().Loads;
        ModulePlan plan = ModuleTree.Open(kernel.ModulesFolder, kernel.Version).Resolve([alias]);
        Assert.Equal(expected, plan.Modules.Select(module => Path.Combine(kernel.ModulesFolder, module.Path)).Order(StringComparer.Ordinal));
        Assert.True(expected.Length > 0 || plan.BuiltIn.Count > 0);
    }

    [Fact]
    public void A_module_that_is_built_in_is_noted_and_not_an_error()
    {
        KernelImage kernel = Host();
        string builtIn = ModuleIndex.NameOf(File.ReadLines(Path.Combine(kernel.ModulesFolder, "modules.builtin")).First())!;
        ModulePlan plan = ModuleTree.Open(kernel.ModulesFolder, kernel.Version).Resolve([builtIn, "tun"]);
        Assert.Equal([builtIn], plan.BuiltIn);
        Assert.Equal("tun", plan.Modules[^1].Name);
    }

    [Fact]
    public void Busybox_modprobe_finds_modules_and_aliases_in_the_entries()
    {
        string? busybox = Command.Find("busybox");
        if (busybox is null || ElfFile.TryRead(busybox) is not { IsStatic: true })
            Assert.Skip("busybox-static is not installed");
        KernelImage kernel = Host();
        ModuleTree tree = ModuleTree.Open(kernel.ModulesFolder, kernel.Version);
        ModulePlan plan = tree.Resolve(["bridge", "overlay", "virtio_net", "btrfs"]);
        using var folder = new TempFolder();
        Unpack.To(folder.Path, tree.Entries(plan));
        File.Copy(busybox, folder["busybox"]);

        // busybox asks the running kernel for its version, and the tests run on any.
        string running = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        if (running != kernel.Version)
            Directory.CreateSymbolicLink(folder["lib/modules/" + running], kernel.Version);
        foreach ((string name, string file) in new[] { ("bridge", "bridge.ko"), ("fs-overlay", "overlay.ko"), ("virtio:d00000001v00001AF4", "virtio_net.ko"), ("virtio-net", "virtio_net.ko") })
        {
            CommandResult result = Command.Run("chroot", [folder.Path, "/busybox", "modprobe", "-D", name]);
            string[] loads = [.. result.Succeeded().Output.Split('\n').Where(line => line.StartsWith("insmod")).Select(line => Path.GetFileName(line.Split(' ')[1]))];
            string[] ours = [.. tree.Resolve([name]).Modules.Select(module => Path.GetFileName(module.Path))];
            Assert.Equal(file, loads[^1]);
            Assert.Equal(ours.Order(), loads.Order());
        }
    }

    [Fact]
    public void The_user_mode_kernel_has_its_version_and_modules()
    {
        if (!File.Exists("/usr/bin/linux.uml"))
            Assert.Skip("user-mode-linux is not installed");
        KernelImage kernel = Catalog.FindUml();
        Assert.True(Directory.Exists(kernel.ModulesFolder), kernel.ModulesFolder);
        string banner = Command.Run("/usr/bin/linux.uml", ["--version"]).Output.Trim();
        Assert.Equal(banner, kernel.Version);
        ModuleTree tree = ModuleTree.Open(kernel.ModulesFolder, kernel.Version);
        ModulePlan plan = tree.Resolve(["overlay"]);
        IReadOnlyList<ImageEntry> entries = tree.Entries(plan);
        Assert.Contains(entries, entry => entry.Path.StartsWith($"lib/modules/{kernel.Version}/kernel/") && entry.Path.EndsWith("/overlay.ko"));
    }

    [Fact]
    public void The_host_kernels_header_holds_the_version_of_its_name()
    {
        KernelImage kernel = Host();
        Assert.Equal(kernel, Catalog.OpenHost(kernel.Path));
        Assert.Equal(kernel, Catalog.FindHost(kernel.Version));
        Assert.Equal(kernel.Path, "/boot/vmlinuz-" + kernel.Version);
    }

    private static KernelImage Host()
    {
        if (Command.Find("modprobe") is null || !Directory.EnumerateFiles("/boot", "vmlinuz-*").Any())
            Assert.Skip("kmod and linux-image-cloud-amd64 are not installed");
        return Catalog.FindHost();
    }

    /// <summary>One shell for all names: a process for each of a thousand would take most of the test's time.</summary>
    private static IEnumerable<(string Name, string[] Loads)> ModprobeLoads(string version, string[] names)
    {
        string script = "while read name; do echo \"= $name\"; modprobe -S \"$0\" --show-depends \"$name\" || echo failed; done";
        string output = Command.Run("sh", ["-c", script, version], input: string.Join('\n', names) + "\n").Succeeded().Output;
        foreach (string part in output.Split("= ", StringSplitOptions.RemoveEmptyEntries))
        {
            string[] lines = part.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.DoesNotContain("failed", lines);

            // A module that a soft dependency asks for twice is listed twice, and options follow the path.
            yield return (lines[0], [.. lines.Where(line => line.StartsWith("insmod ")).Select(line => line.Split(' ')[1]).Distinct().Order(StringComparer.Ordinal)]);
        }
    }

    private static void AssertOrdered(ModulePlan plan)
    {
        var loaded = new HashSet<string>();
        foreach (KernelModule module in plan.Modules)
        {
            Assert.All(module.Needs, need => Assert.Contains(need, loaded));
            Assert.True(loaded.Add(module.Name), $"{module.Name} comes twice");
        }
    }
}
