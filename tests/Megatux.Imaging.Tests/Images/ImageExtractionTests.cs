using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class ImageExtractionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Later_members_win_over_earlier_ones_as_in_the_kernel()
    {
        Extract(Sample.Join(
            Sample.Pack(Compression.Default, Sample.Folder("a"), Sample.File("a/file", "old"), Sample.Link("link", "a"), Sample.File("thing", "file"), Sample.Folder("empty"),
                Sample.File("one", "shared"), Sample.HardLink("two", "one"), Sample.Folder("usr"), Sample.Folder("usr/lib"), Sample.Link("lib", "/usr/lib")),
            Sample.Pack(Compression.None, Sample.Folder("a", "700"), Sample.File("a/file", "new", "600"), Sample.File("link", "no link"), Sample.Folder("thing"), Sample.Link("empty", "x"),
                Sample.File("lib/deep", "through an absolute link"), Sample.File("one", "changed"))));
        Assert.Equal("""
            a Directory 700
            a/file "new" 600
            empty -> x
            lib -> /usr/lib
            link "no link" 644
            one "changed" 644
            thing Directory 755
            two "changed" 644
            usr Directory 755
            usr/lib Directory 755
            usr/lib/deep "through an absolute link" 644
            """, Listing());
    }

    [Fact]
    public void Hard_links_modes_and_owners_are_kept()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give files away");
        ExtractionSummary done = Extract(Sample.Pack(Compression.None, Sample.Folder("d", "1500"), Sample.File("d/suid", "x", "4755", 1000, 1001),
            Sample.HardLink("d/other", "d/suid", "4755"), Sample.Link("l", "d") with { Uid = 7 }, Sample.Device("n", 1, 3, "640") with { Gid = 5 }));
        FileStatus file = FileStatus.Read(_folder["out/d/suid"]);
        Assert.Equal(file.Inode, FileStatus.Read(_folder["out/d/other"]).Inode);
        Assert.Equal(Convert.ToInt32("1500", 8), FileStatus.Read(_folder["out/d"]).Mode);
        Assert.Equal(7u, FileStatus.Read(_folder["out/l"]).Uid);
        FileStatus device = FileStatus.Read(_folder["out/n"]);
        Assert.Equal((FileKind.CharacterDevice, 1u, 3u, 5u, Convert.ToInt32("640", 8)), (device.Kind, device.RdevMajor, device.RdevMinor, device.Gid, device.Mode));
        Assert.Equal((5, 1, 0, 0, 0), (done.Names, done.ContentLength, done.SkippedDevices, done.SkippedOwners, done.Dropped));

        // The last record of a file, its second name, sets mode and owner: as in the kernel.
        Assert.Equal((Convert.ToInt32("4755", 8), 0u), (file.Mode, file.Uid));
    }

    [Fact]
    public void Contents_at_the_last_of_hard_linked_names_as_GNU_cpio_writes_them_are_found()
    {
        Directory.CreateDirectory(_folder["root/d"]);
        _folder.Write("root/d/a", "contents");
        Command.Run("sh", ["-c", "ln d/a d/b && ln d/a c && find . | sort | cpio --quiet -o -H newc >../image"], _folder["root"]).Succeeded();
        ImageExtraction.Run(_folder["image"], _folder["out"], [], Fail, TestContext.Current.CancellationToken);
        Assert.Equal("c \"contents\" 644\nd Directory 755\nd/a \"contents\" 644\nd/b \"contents\" 644", Listing());
    }

    [Theory]
    [InlineData("d/a", "d Directory 755|d/a \"contents\" 644")]
    [InlineData("/d/c/", "d Directory 755|d/c \"contents\" 644")]
    [InlineData("./z", "z \"contents\" 644")]
    [InlineData("z d/c", "d Directory 755|d/c \"contents\" 644|z \"contents\" 644")]
    [InlineData("e", "e Directory 755|e/f \"f\" 644")]
    [InlineData(".", "d Directory 755|d/a \"contents\" 644|d/c \"contents\" 644|e Directory 755|e/f \"f\" 644|ee \"\" 644|z \"contents\" 644")]
    public void Only_what_is_asked_for_is_unpacked(string paths, string expected)
    {
        ImageEntry[] entries = [Sample.Folder("d"), Sample.File("d/a", "contents"), Sample.HardLink("d/c", "d/a"), Sample.Folder("e"), Sample.File("e/f", "f"), Sample.File("ee"), Sample.HardLink("z", "d/a")];
        foreach (byte[] image in (byte[][])
            [
                Sample.Pack(Compression.Default, entries),
                [.. Sample.FolderRecord("d"), .. Sample.FolderRecord("e"), .. Sample.FileRecord("e/f", "f"), .. Sample.FileRecord("ee"), .. Sample.FileRecord("d/a", "", 9, 3), .. Sample.FileRecord("d/c", "", 9, 3), .. Sample.FileRecord("z", "contents", 9, 3), .. Sample.Trailer],
            ])
        {
            Extract(image, paths.Split(' '));
            Assert.Equal(expected.Replace('|', '\n'), Listing());
            Directory.Delete(_folder["out"], recursive: true);
        }
    }

    [Fact]
    public void A_name_that_became_a_link_since_is_what_its_other_name_is_a_link_of()
    {
        byte[] image = [.. Sample.FileRecord("x", "text", 9, 2), .. Sample.LinkRecord("x", "y"), .. Sample.FileRecord("z", "", 9, 2), .. Sample.Trailer];
        Extract(image);
        Assert.Equal("x -> y\nz -> y", Listing());
        Directory.Delete(_folder["out"], recursive: true);
        Extract(image, "z");
        Assert.Equal("z -> y", Listing());
    }

    [Fact]
    public void A_name_that_the_image_does_not_have_is_an_error()
    {
        MegatuxException error = Assert.Throws<MegatuxException>(() => Extract(Sample.Pack(Compression.None, Sample.File("a")), "a", "b"));
        Assert.Equal(ErrorCodes.NotInImage, error.Problem.Code);
        Assert.Contains(" no b:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_is_not_root_gets_the_files_and_is_told_what_is_missing()
    {
        string image = _folder.Write("image", Sample.Pack(Compression.None, Sample.Device("dev", 1, 3), Sample.File("suid", "x", "6755", 5), Sample.Of(EntryKind.Fifo, "pipe", "600"),
            Sample.Device("dev2", 1, 3, kind: EntryKind.BlockDevice)));
        ExtractionSummary done = ImageExtraction.Run(image, _folder["out"], [], Fail, asRoot: false, TestContext.Current.CancellationToken);
        Assert.Equal((2, 2, 2), (done.Names, done.SkippedDevices, done.SkippedOwners));
        Assert.Equal(Convert.ToInt32("755", 8), FileStatus.Read(_folder["out/suid"]).Mode);
        Assert.Equal(["pipe", "suid"], Directory.GetFileSystemEntries(_folder["out"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void What_the_kernel_drops_is_dropped_and_told()
    {
        var dropped = new List<string>();
        string image = _folder.Write("image", [.. Sample.FileRecord("no/parent", "x"), .. Sample.FileRecord("a", "x"), .. Sample.Trailer]);
        ExtractionSummary done = ImageExtraction.Run(image, _folder["out"], [], finding => dropped.Add(finding.ToString()), TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (done.Names, done.Dropped));
        Assert.StartsWith("member 1: no/parent: ", Assert.Single(dropped), StringComparison.Ordinal);
        Assert.Equal("a \"x\" 644", Listing());
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/..")]
    [InlineData("caf\u00e9")]
    public void A_name_that_leads_out_or_is_no_text_is_refused(string name)
    {
        byte[] image = [.. Sample.FolderRecord("a"), .. Sample.FileRecord(name, "evil"), .. Sample.Trailer];
        MegatuxException error = Assert.Throws<MegatuxException>(() => Extract(image));
        Assert.Equal(ErrorCodes.ExtractionRefused, error.Problem.Code);
        Assert.Equal("a Directory 700", Listing());
        Assert.Equal(["image", "out"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Nothing_is_written_through_a_link()
    {
        Directory.CreateDirectory(_folder["outside"]);
        byte[] image =
        [
            .. Sample.LinkRecord("out1", _folder["outside"]), .. Sample.FileRecord("out1/x", "evil"), .. Sample.LinkRecord("up", "../outside"), .. Sample.FileRecord("up/x", "evil"),
            .. Sample.FolderRecord("up/d"), .. Sample.LinkRecord("file", "../outside/y"), .. Sample.FileRecord("file", "harmless"),
            .. Sample.FileRecord("h", "", 9, 2), .. Sample.LinkRecord("h", "../outside/z"), .. Sample.FileRecord("h2", "evil", 9, 2), .. Sample.Trailer,
        ];
        string file = _folder.Write("image", image);
        ImageExtraction.Run(file, _folder["out"], [], _ => { }, TestContext.Current.CancellationToken);
        Assert.Empty(Directory.GetFileSystemEntries(_folder["outside"]));
        Assert.Equal("harmless", File.ReadAllText(_folder["out/file"]));
    }

    [Fact]
    public void The_folder_must_be_empty_or_absent()
    {
        byte[] image = Sample.Pack(Compression.None, Sample.File("a", "new"));
        _folder.Write("out/mine", "mine");
        Assert.Equal(ErrorCodes.ExtractionRefused, Assert.Throws<MegatuxException>(() => Extract(image)).Problem.Code);
        Assert.Equal("mine \"mine\" 644", Listing());
        File.Delete(_folder["out/mine"]);
        Extract(image);
        Assert.Equal("a \"new\" 644", Listing());
        File.WriteAllText(_folder["file"], "");
        Assert.Equal(ErrorCodes.ExtractionRefused,
            Assert.Throws<MegatuxException>(() => ImageExtraction.Run(_folder["image"], _folder["file"], [], Fail, TestContext.Current.CancellationToken)).Problem.Code);
    }

    [Fact]
    public void A_record_of_the_root_sets_the_folders_mode()
    {
        Extract([.. Sample.FolderRecord(".", 0x1C0), .. Sample.FileRecord("./a", "x"), .. Sample.Trailer]);
        Assert.Equal(0x1C0, FileStatus.Read(_folder["out"]).Mode);
        Assert.Equal("a \"x\" 644", Listing());
    }

    private static void Fail(ImageFinding dropped) => Assert.Fail(dropped.ToString());

    private ExtractionSummary Extract(byte[] image, params string[] paths) =>
        ImageExtraction.Run(_folder.Write("image", image), _folder["out"], paths, Fail, TestContext.Current.CancellationToken);

    private string Listing() => string.Join('\n', FolderSource.Read(_folder["out"], null, TestContext.Current.CancellationToken).Select(Describe));

    private string Describe(ImageEntry entry) => entry.Kind switch
    {
        EntryKind.SymbolicLink => $"{entry.Path} -> {entry.LinkTarget}",
        EntryKind.File => $"{entry.Path} \"{File.ReadAllText(_folder["out/" + entry.Path])}\" {Convert.ToString(entry.Mode, 8)}",
        _ => $"{entry.Path} {entry.Kind} {Convert.ToString(entry.Mode, 8)}",
    };
}
