using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Imaging.Tests;

/// <summary>File systems made of images, as e2fsck and a kernel see them.</summary>
public sealed class FileSystemImageTests : IDisposable
{
    private const int Block = 4096;
    private const long MiB = 1 << 20;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 60)]
    [InlineData(3, 250)]
    [InlineData(4, 250)]
    [InlineData(5, 800)]
    public void What_a_kernel_mounts_is_what_it_would_unpack(int seed, int names)
    {
        var tree = new RandomTree(seed);
        string[] files = [.. Enumerable.Range(0, 3).Select(member => _folder.Write($"member{member}", tree.Member(names)))];
        string image = Make(10 * MiB, files);
        Ext2Checks.Clean(image);
        (string[] lines, long free) = Ext2Checks.Mounted(image, _folder["mount"]);
        Assert.Equal(Ext2Checks.Expected(files), lines);
        Assert.Equal(10 * MiB / Block, free);
    }

    [Fact]
    public void Files_may_have_any_number_of_blocks_with_and_without_holes()
    {
        int[] blocks = [11, 12, 13, 12 + 1023, 12 + 1024, 12 + 1025, 12 + 2048, 12 + 2049, 5000];
        byte[] noise = Sample.Noise(5000 * Block), holes = Sample.Noise(5000 * Block, 2), zeros = new byte[3000 * Block];
        for (int block = 1; block < 4000; block += 1 + (block / 3))
            holes.AsSpan(block * Block, Block * ((block / 4) + 1)).Clear();
        string image = Make(MiB, _folder.Write("initrd", Sample.Pack(Compression.None,
            [
                .. blocks.Select(count => Sample.File($"f{count}", noise[..(count * Block)])), .. blocks.Select(count => Sample.File($"g{count}", noise[..((count * Block) - 1)])),
                Sample.File("holes", holes), Sample.File("zeros", zeros), Sample.File("late", [.. zeros, 1]),
            ])));
        Ext2Checks.Clean(image);
        Assert.Equal(Ext2Checks.Expected(_folder["initrd"]), Ext2Checks.Mounted(image, _folder["mount"]).Lines);
    }

    [Fact]
    public void Contents_and_free_space_may_take_any_number_of_groups()
    {
        byte[] noise = Sample.Noise(90 << 20);
        string first = _folder.Write("first", Sample.Pack(Compression.None, Sample.File("a", noise), Sample.Folder("d"), Sample.File("d/b", noise[..(70 << 20)])));
        string second = _folder.Write("second", Sample.Pack(Compression.None, Sample.File("a", noise[..(8 << 20)]), Sample.File("c", noise[..(130 << 18)])));
        string image = Make(1300 * MiB, first, second);
        Ext2Checks.Clean(image);
        foreach (int group in (int[])[1, 3, 5, 7, 9])
            Ext2Checks.Clean(image, "-b", $"{group * 8 * Block}", "-B", $"{Block}");
        (string[] lines, long free) = Ext2Checks.Mounted(image, _folder["mount"]);
        Assert.Equal(Ext2Checks.Expected(first, second), lines);
        Assert.Equal(1300 * MiB / Block, free);

        // Free space takes none of the disk's.
        Assert.True(Allocated(image) < 250 * MiB, $"{Allocated(image)} bytes");
    }

    [Fact]
    public void A_folder_may_hold_more_names_than_a_group_has_inodes()
    {
        string initrd = _folder.Write("initrd", Sample.Pack(Compression.None,
            [Sample.Folder("d"), .. Enumerable.Range(0, 70_000).Select(at => Sample.File($"d/a-name-of-some-length-{at}"))]));
        string image = Make(4 * MiB, initrd);
        Ext2Checks.Clean(image);
        string? debugfs = Command.Find("debugfs");
        string listing = Command.Run(debugfs!, ["-R", "ls -p /d", image]).Succeeded().Output;
        Assert.Equal(70_002, listing.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.True(Ext2Checks.Number(image, "Free blocks") >= 4 * MiB / Block);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Block + 1)]
    [InlineData(30 * MiB)]
    [InlineData(128 * MiB)]
    [InlineData(129 * MiB)]
    [InlineData(17_000 * MiB)]
    public void There_is_as_much_free_space_as_was_asked_for(long bytes)
    {
        string image = Make(bytes, _folder.Write("initrd", Sample.Pack(Compression.None, Sample.File("a", "x"))));
        Ext2Checks.Clean(image);

        // A group that is there for a few blocks has some more, since what says where everything is takes some.
        Assert.InRange(Ext2Checks.Number(image, "Free blocks") - ((bytes + Block - 1) / Block), 0, 1100);
        Assert.True(Ext2Checks.Number(image, "Free inodes") >= 1024 + (bytes / 16384));
    }

    [Fact]
    public void The_same_image_gives_the_same_bytes()
    {
        string initrd = _folder.Write("initrd", new RandomTree(7).Member(200));
        byte[] once = File.ReadAllBytes(Make(MiB, initrd));
        Assert.Equal(once, File.ReadAllBytes(Make(MiB, initrd)));
    }

    [Fact]
    public void What_later_members_overwrite_or_remove_takes_no_room()
    {
        byte[] upper = Sample.Pack(Compression.None, Sample.Folder("gone"), Sample.File("a", Sample.Noise(3 << 20, 5)));
        byte[] lower = Sample.Pack(Compression.None, Sample.File("a", Sample.Noise(2 << 20)), Sample.File("gone", Sample.Noise(1 << 20)));
        long alone = new FileInfo(Make(MiB, _folder.Write("upper", upper))).Length;
        string image = Make(MiB, _folder.Write("lower", lower), _folder["upper"]);
        Ext2Checks.Clean(image);
        Assert.Equal(alone, new FileInfo(image).Length);
        Assert.Equal(Ext2Checks.Expected(_folder["lower"], _folder["upper"]), Ext2Checks.Mounted(image, _folder["mount"]).Lines);
    }

    [Fact]
    public void Odd_names_and_the_root_are_as_the_image_says()
    {
        byte[] image =
        [
            .. Sample.FolderRecord(".", 0x1C0), .. Sample.FolderRecord("lost+found"), .. Sample.FileRecord("lost+found/mine", "x"), .. Sample.FileRecord("/abs", "x"),
            .. Sample.LinkRecord("l", "\u00e9\u00ff"), .. Sample.FileRecord("\u00e9\u00fe", "no UTF-8"), .. Sample.FileRecord(new string('n', 256), "dropped"),
            .. Sample.FileRecord("h1", "", 9, 3), .. Sample.FileRecord("h2", "", 9, 3), .. Sample.FileRecord("h3", "at the last name", 9, 3), .. Sample.Trailer,
        ];
        string made = Make(MiB, _folder.Write("initrd", image));
        Ext2Checks.Clean(made);
        string listing = Debugfs(made, "ls -p /");
        Assert.Contains("/2/040700/0/0/.//", listing, StringComparison.Ordinal);
        Assert.Contains("/abs/1/", listing, StringComparison.Ordinal);
        Assert.DoesNotContain("nnn", listing, StringComparison.Ordinal);
        Assert.Equal("no UTF-8", Debugfs(made, "cat <15>"));
        Assert.Equal("at the last name", Debugfs(made, "cat /h1"));
        Assert.Equal("x", Debugfs(made, "cat /lost+found/mine"));
    }

    [Fact]
    public void What_no_file_system_can_hold_is_an_error_and_leaves_the_old_one()
    {
        string old = _folder.Write("fs", "old");
        string initrd = _folder.Write("initrd", Sample.Pack(Compression.None, Sample.File("a")));
        Expect(ErrorCodes.FileSystemTooLarge, 1L << 62, initrd);
        Expect(ErrorCodes.FileSystemTooLarge, (1L << 44) - (1L << 30), initrd);
        Expect(ErrorCodes.BootFileMissing, 0, initrd, _folder["none"]);
        Expect(ErrorCodes.ImageDamaged, 0, initrd, _folder.Write("damaged", Sample.FileRecord("b", "text")[..^6]));
        Expect(ErrorCodes.FileSystemCannotHold, 0, _folder.Write("device", [.. Sample.Record("dev", 0x2180, change: fields => fields[10] = 1 << 20), .. Sample.Trailer]));
        byte[] linked = [.. Enumerable.Range(0, 32_001).SelectMany(at => Sample.FileRecord($"n{at}", "", 9, 40_000)), .. Sample.Trailer];
        MegatuxException error = Expect(ErrorCodes.FileSystemCannotHold, 0, _folder.Write("linked", linked));
        Assert.Contains("n0 has 32001 names", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(old));
        Assert.Equal(["damaged", "device", "fs", "initrd", "linked"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    private MegatuxException Expect(string code, long freeBytes, params string[] files)
    {
        MegatuxException error = Assert.Throws<MegatuxException>(() => Make(freeBytes, files));
        Assert.Equal(code, error.Problem.Code);
        return error;
    }

    private string Make(long freeBytes, params string[] files)
    {
        FileSystemImage.Write(files, _folder["fs"], freeBytes, TestContext.Current.CancellationToken);
        return _folder["fs"];
    }

    private static string Debugfs(string image, string request)
    {
        string? debugfs = Command.Find("debugfs");
        Assert.SkipWhen(debugfs is null, "debugfs (package e2fsprogs) is not installed.");
        return Command.Run(debugfs!, ["-R", request, image]).Succeeded().Output;
    }

    private static long Allocated(string path) => long.Parse(Command.Run("stat", ["-c", "%b", path]).Succeeded().Output, null) * 512;
}
