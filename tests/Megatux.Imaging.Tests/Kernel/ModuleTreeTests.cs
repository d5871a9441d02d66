using System.IO.Compression;
using System.Text;
using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class ModuleTreeTests : IDisposable
{
    private const string Version = "6.1.0-test";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Dependencies_come_first_each_once_and_by_any_spelling()
    {
        Index("modules.dep", "kernel/a-b.ko: kernel/c.ko.xz kernel/d.ko\nkernel/c.ko.xz: kernel/d.ko\nkernel/d.ko:\nkernel/e.ko: kernel/d.ko\n");
        Assert.Equal("d c a_b e", Order("a-b", "a_b", "e", "d"));
    }

    [Fact]
    public void Lines_that_name_direct_dependencies_alone_are_followed_too()
    {
        Index("modules.dep", "kernel/a.ko: kernel/b.ko\nkernel/b.ko: kernel/c.ko kernel/d.ko\nkernel/d.ko: kernel/c.ko\n");
        Assert.Equal("c d b a", Order("a"));
    }

    [Fact]
    public void Soft_dependencies_come_before_and_after_where_the_kernel_has_them()
    {
        Index("modules.dep", "kernel/a.ko:\nkernel/b.ko:\nkernel/c.ko: kernel/a.ko\nkernel/d.ko:\n");
        Index("modules.softdep", "# comment\nsoftdep a d pre: b not_there post: c\nsoftdep a pre: d\nsoftdep c pre: a\n");
        Assert.Equal("b a c", Order("a"));
        Assert.Equal("b a c", Order("c"));
    }

    [Fact]
    public void An_alias_may_stand_for_several_modules_and_for_what_is_built_in()
    {
        Index("modules.dep", "kernel/one.ko:\nkernel/two.ko:\n");
        Index("modules.alias", "# Aliases\nalias pci:v0000[1-3]d* one\nalias pci:v00002* two\nalias fs-x two\nalias other gone\n");
        Index("modules.builtin", "kernel/fs/in-side.ko\n");
        Index("modules.builtin.modinfo", "in_side.license=GPL\0in_side.alias=fs-in*\0in_side.parm=alias=none\0");
        Assert.Equal("one two", Order("pci:v00002d1"));
        Assert.Equal("one", Order("pci:v00003d1"));
        Assert.Equal("two", Order("fs_x"));
        Assert.Equal(["in_side"], Tree().Resolve(["in-side"]).BuiltIn);
        ModulePlan plan = Tree().Resolve(["fs-inner"]);
        Assert.Equal(["in_side"], plan.BuiltIn);
        Assert.Empty(plan.Modules);
        Fails(ErrorCodes.ModuleMissing, "other");
    }

    [Theory]
    [InlineData("a*c", "abbc", true)]
    [InlineData("a*c", "abbd", false)]
    [InlineData("*", "", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[!a-c]x", "dx", true)]
    [InlineData("[]a]", "]", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[ab", "[ab", true)]
    [InlineData("\\*", "*", true)]
    [InlineData("\\*", "x", false)]
    [InlineData("a*b*c", "aXbYbZc", true)]
    [InlineData("*ab", "aab", true)]
    public void Patterns_match_as_fnmatch_does(string pattern, string name, bool fits) =>
        Assert.Equal(fits, ModulePattern.Matches(pattern, name));

    [Fact]
    public void An_unknown_module_is_an_error_with_the_nearest_name_and_the_kernel()
    {
        Index("modules.dep", "kernel/virtio_net.ko:\nkernel/tun.ko:\n");
        MegatuxException e = Fails(ErrorCodes.ModuleMissing, "virtio-nett");
        Assert.Contains("Did you mean virtio_net?", e.Message);
        Assert.Contains(Version, e.Message);
        Assert.Equal("KernelModule:virtio-nett", e.Problem.Subject);
        Assert.DoesNotContain("Did you mean", Fails(ErrorCodes.ModuleMissing, "something_else_altogether").Message);
    }

    [Fact]
    public void A_circle_is_an_error_that_names_it()
    {
        Index("modules.dep", "kernel/a.ko: kernel/b.ko\nkernel/b.ko: kernel/c.ko\nkernel/c.ko: kernel/b.ko\n");
        Assert.Contains("b -> c -> b", Fails(ErrorCodes.ModuleCycle, "a").Message);
        Index("modules.dep", "kernel/a.ko: kernel/a.ko\n");
        Assert.Contains("a -> a", Fails(ErrorCodes.ModuleCycle, "a").Message);
    }

    [Theory]
    [InlineData("kernel/a.ko\n", "expected")]
    [InlineData("kernel/a.ko:\n../../etc/passwd.ko:\n", "(2): error")]
    [InlineData("/kernel/a.ko:\n", "no path of a module")]
    [InlineData("kernel/a.ko: kernel/b.so\n", "kernel/b.so")]
    public void A_damaged_index_is_an_error_with_its_line(string text, string says)
    {
        Index("modules.dep", text);
        MegatuxException e = Fails(ErrorCodes.ModuleIndexMalformed, "a");
        Assert.Contains(says, e.Problem.ToString());
        Assert.Equal(_folder["modules.dep"], e.Problem.Where!.Value.File);
    }

    [Fact]
    public void A_folder_without_an_index_is_an_error_that_says_what_to_do()
    {
        MegatuxException e = Fails(ErrorCodes.KernelModulesMissing, "a");
        Assert.Contains("depmod " + Version, e.Message);
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_modules_is_followed()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 100_000; i++)
            text.Append($"m{i}.ko: m{i + 1}.ko\n");
        Index("modules.dep", text.ToString());
        ModulePlan plan = Tree().Resolve(["m0"]);
        Assert.Equal(100_001, plan.Modules.Count);
        Assert.Equal("m100000", plan.Modules[0].Name);
    }

    [Fact]
    public void Compressed_modules_stay_as_they_are_or_are_unpacked_as_asked()
    {
        byte[] module = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * i))];
        var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(module);
        _folder.Write("kernel/a.ko.gz", zipped.ToArray());
        _folder.Write("kernel/b.ko", module);
        _folder.Write("kernel/d.ko", module);
        Command.Run("zstd", ["-q", "--rm", "-o", _folder["kernel/b.ko.zst"], _folder["kernel/b.ko"]]).Succeeded();
        _folder.Write("kernel/c.ko", module);
        Command.Run("xz", [_folder["kernel/c.ko"]]).Succeeded();
        Index("modules.dep", "kernel/d.ko: kernel/c.ko.xz kernel/b.ko.zst kernel/a.ko.gz\nkernel/c.ko.xz: kernel/a.ko.gz\n");
        ModuleTree tree = Tree();
        ModulePlan plan = tree.Resolve(["d"]);
        IReadOnlyList<ImageEntry> kept = tree.Entries(plan);
        string folder = "lib/modules/" + Version;
        Assert.Equal(zipped.ToArray(), Read(kept, folder + "/kernel/a.ko.gz"));
        Assert.Equal($"/{folder}/kernel/a.ko.gz\n/{folder}/kernel/b.ko.zst\n/{folder}/kernel/c.ko.xz\n/{folder}/kernel/d.ko\n",
            Encoding.UTF8.GetString(Read(kept, "etc/megatux/modules")));

        IReadOnlyList<ImageEntry> unpacked = tree.Entries(plan, new ModuleEntryOptions { Decompress = true });
        foreach (string name in "abcd".Select(letter => letter.ToString()))
            Assert.Equal(module, Read(unpacked, $"{folder}/kernel/{name}.ko"));
        Assert.Contains("kernel/d.ko: kernel/c.ko kernel/b.ko kernel/a.ko\n", Encoding.UTF8.GetString(Read(unpacked, folder + "/modules.dep")));
        Assert.DoesNotContain(".ko.", Encoding.UTF8.GetString(Read(unpacked, "etc/megatux/modules")));
    }

    [Theory]
    [InlineData("gz")]
    [InlineData("xz")]
    [InlineData("zst")]
    public void A_damaged_compressed_module_is_an_error(string form)
    {
        _folder.Write("kernel/a.ko." + form, "no such thing");
        Index("modules.dep", $"kernel/a.ko.{form}:\n");
        ModuleTree tree = Tree();
        MegatuxException e = Assert.Throws<MegatuxException>(() => tree.Entries(tree.Resolve(["a"]), new ModuleEntryOptions { Decompress = true }));
        Assert.Equal(ErrorCodes.ModuleNotUnpacked, e.Problem.Code);
    }

    [Fact]
    public void A_missing_file_is_an_error_and_a_linked_lib_below_is_followed()
    {
        Index("modules.dep", "kernel/a.ko:\n");
        ModuleTree tree = Tree();
        ModulePlan plan = tree.Resolve(["a"]);
        Assert.Equal(ErrorCodes.ModuleFileMissing, Assert.Throws<MegatuxException>(() => tree.Entries(plan)).Problem.Code);
        _folder.Write("kernel/a.ko", "module");
        var lower = new EntriesView([
            new ImageEntry { Path = "lib", Kind = EntryKind.SymbolicLink, Mode = 0x1ff, LinkTarget = "usr/lib" },
            new ImageEntry { Path = "usr", Kind = EntryKind.Directory, Mode = 0x1ed },
            new ImageEntry { Path = "usr/lib", Kind = EntryKind.Directory, Mode = 0x1ed },
        ]);
        string[] paths = [.. tree.Entries(plan, new ModuleEntryOptions { Lower = lower }).Select(entry => entry.Path)];
        string folder = "usr/lib/modules/" + Version;
        Assert.Equal(["etc", "etc/megatux", "etc/megatux/modules", "usr/lib/modules", folder, folder + "/kernel", folder + "/kernel/a.ko",
            folder + "/modules.alias", folder + "/modules.builtin", folder + "/modules.dep"], paths);
    }

    [Fact]
    public void Mutated_indexes_only_ever_give_an_error_of_ours()
    {
        var random = new Random(26);
        byte[] dependencies = Encoding.UTF8.GetBytes("kernel/a-b.ko: kernel/c.ko.xz kernel/d.ko\nkernel/c.ko.xz: kernel/d.ko\nkernel/d.ko:\nkernel/e.ko: kernel/a-b.ko kernel/c.ko.xz kernel/d.ko\n");
        byte[] aliases = Encoding.UTF8.GetBytes("alias pci:v0000[1-3]d*[!a-z]*\\x e\nalias fs-* d\nalias ****** e\n");
        byte[] soft = Encoding.UTF8.GetBytes("softdep e pre: d c post: e a-b\nsoftdep d pre: e post: c\nsoftdep c pre: d\n");
        for (int round = 0; round < 1500; round++)
        {
            _folder.Write("modules.dep", Mutate(dependencies, random));
            _folder.Write("modules.alias", Mutate(aliases, random));
            _folder.Write("modules.softdep", Mutate(soft, random));
            _folder.Write("modules.builtin.modinfo", Mutate(aliases, random));
            try
            {
                ModuleTree tree = Tree();
                foreach (string name in new[] { "e", "d", "pci:v00002d99x", "fs-d", "" })
                    tree.Resolve([name]);
            }
            catch (MegatuxException e)
            {
                Assert.StartsWith("MTX26", e.Problem.Code);
            }
        }
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = new List<byte>(seed);
        for (int i = random.Next(4); i > 0 && bytes.Count > 4; i--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 20))); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(0, random.Next(1, bytes.Count))); break;
                default: bytes[at] = " :\n/.[]*-"u8[random.Next(9)]; break;
            }
        }

        return [.. bytes];
    }

    private static byte[] Read(IEnumerable<ImageEntry> entries, string path)
    {
        using Stream stream = entries.Single(entry => entry.Path == path).Content!.Open();
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private void Index(string name, string text) => _folder.Write(name, text);

    private ModuleTree Tree() => ModuleTree.Open(_folder.Path, Version);

    private string Order(params string[] names) => string.Join(' ', Tree().Resolve(names).Modules.Select(module => module.Name));

    private MegatuxException Fails(string code, string name)
    {
        MegatuxException e = Assert.Throws<MegatuxException>(() => Tree().Resolve([name]));
        Assert.Equal(code, e.Problem.Code);
        return e;
    }
}
