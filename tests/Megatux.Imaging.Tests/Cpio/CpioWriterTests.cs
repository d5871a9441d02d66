using System.Diagnostics;
using Megatux.Model;

namespace Megatux.Imaging.Tests;

/// <summary>What is packed here is read back by the programs that everybody has, and by the reader.</summary>
public sealed class CpioWriterTests : IDisposable
{
    private static readonly ImageEntry[] Everything =
    [
        Sample.Folder("a", "1777"),
        Sample.File("a-b", "between a and a/b", "4711", 4_000_000_000, 7),
        Sample.File("a/b", "in a", "600"),
        Sample.File("a/big", Sample.Noise(5 << 20)),
        Sample.HardLink("a/c", "a/b", "600"),
        Sample.File("a/empty", "", "0"),
        Sample.Folder("dev"),
        Sample.Device("dev/disk", 4095, 1_048_575, "660", EntryKind.BlockDevice),
        Sample.Device("dev/null", 1, 3, "666"),
        Sample.Of(EntryKind.Fifo, "dev/pipe", "622"),
        Sample.HardLink("d", "a/b", "600"),
        Sample.Link("link", "../nowhere/at all"),
        Sample.File(new string('n', 255), "x"),
        Sample.File("with space\tand\nlines", "x"),
        Sample.File("ü-日本-🐧", "x"),
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Programs() => new MatrixTheoryData<string, string>(["cpio", "bsdcpio", "bsdtar", "megatux"], ["none", "gzip", "zstd"]);

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_program_unpacks_the_same_entries(string program, string compression)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can make device nodes and give files away");
        string image = _folder.Write("image", Sample.Pack(Compression.Parse(compression, null), Everything));
        Directory.CreateDirectory(_folder["out"]);
        string plain = compression switch { "none" => "cat", string name => $"{name} -dc" };
        string unpack = program switch
        {
            "cpio" => $"{plain} {image} | cpio -id --quiet",
            "bsdcpio" => $"{plain} {image} | bsdcpio -id --quiet",
            "bsdtar" => $"bsdtar -xpf {image} --numeric-owner",
            _ => "",
        };
        if (unpack.Length == 0)
            ImageExtraction.Run(image, _folder["out"], [], dropped => Assert.Fail(dropped.ToString()), TestContext.Current.CancellationToken);
        else
            Command.Run("sh", ["-c", unpack], _folder["out"]).Succeeded();

        List<ImageEntry> found = FolderSource.Read(_folder["out"], null, TestContext.Current.CancellationToken);
        Assert.Equal(EntryText.Describe(Everything), EntryText.Describe(found));
    }

    [Fact]
    public void Every_record_says_what_the_entry_says()
    {
        byte[] image = Sample.Pack(Compression.None, 1_700_000_000, Everything);
        List<(ImageRecord Record, byte[] Content)> read = Sample.ReadAll(image);
        var expected = Everything.ToDictionary(entry => entry.Path);
        Assert.Equal(Everything.Length, read.Count);
        foreach ((ImageRecord record, byte[] content) in read)
        {
            ImageEntry entry = expected[record.Entry.Path];
            Assert.Equal(entry with { Content = null, HardLinkTo = null, Origin = "" }, record.Entry with { Origin = "" });
            Assert.Equal(1_700_000_000u, record.ModifiedAt);
            Assert.Equal((entry.Content as BytesContent)?.Bytes.ToArray() ?? [], content);
            Assert.Equal(entry.Kind == EntryKind.Directory ? 2u : entry.Path is "a/b" or "a/c" or "d" ? 3u : 1u, record.Links);
        }

        uint inode = read.Single(one => one.Record.Entry.Path == "a/b").Record.Inode;
        Assert.Equal(["a/b", "a/c", "d"], read.Where(one => one.Record.Inode == inode).Select(one => one.Record.Entry.Path));
    }

    [Fact]
    public void Contents_come_with_the_first_name_even_where_a_link_sorts_before_it()
    {
        byte[] image = Sample.Pack(Compression.None, Sample.HardLink("a", "z"), Sample.File("m", "m"), Sample.File("z", "contents"));
        Assert.Equal(["m", "z", "a"], Sample.Names(image));
        Assert.Equal(8, Sample.ReadAll(image)[1].Content.Length);
    }

    [Fact]
    public void A_name_of_4095_bytes_is_the_longest()
    {
        string longest = string.Join('/', Enumerable.Repeat(new string('n', 255), 16));
        Assert.Equal(4095, longest.Length);
        string image = _folder.Write("image", Sample.Pack(Compression.None, Sample.File(longest, "x")));
        Assert.Equal([longest], Sample.Names(File.ReadAllBytes(image)));
        Assert.Equal(longest, Command.Run("sh", ["-c", $"cpio -it --quiet <{image}"]).Succeeded().Output.Trim());

        MegatuxException error = Assert.Throws<MegatuxException>(() => Sample.Pack(Compression.None, Sample.File(longest + "x", "x")));
        Assert.Equal(ErrorCodes.NameTooLong, error.Problem.Code);

        // Bytes count, not characters.
        error = Assert.Throws<MegatuxException>(() => Sample.Pack(Compression.Default, Sample.File(new string('ü', 2048))));
        Assert.Equal(ErrorCodes.NameTooLong, error.Problem.Code);
    }

    [Fact]
    public void A_link_target_of_4095_bytes_is_the_longest()
    {
        string target = new('t', 4095);
        Assert.Equal(target, Sample.ReadAll(Sample.Pack(Compression.None, Sample.Link("link", target)))[0].Record.Entry.LinkTarget);
        MegatuxException error = Assert.Throws<MegatuxException>(() => Sample.Pack(Compression.None, Sample.Link("link", target + "t")));
        Assert.Equal(ErrorCodes.LinkTooLong, error.Problem.Code);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(11)]
    public void A_file_that_has_another_size_by_now_is_an_error(int announced)
    {
        string file = _folder.Write("file", "0123456789");
        ImageEntry entry = Sample.Of(EntryKind.File, "etc/file", "644") with { Content = new FileContent(file, announced), Origin = file };
        MegatuxException error = Assert.Throws<MegatuxException>(() => Sample.Pack(Compression.Default, entry));
        Assert.Equal(ErrorCodes.FileChanged, error.Problem.Code);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_gone_by_now_is_an_error_about_the_input()
    {
        ImageEntry entry = Sample.Of(EntryKind.File, "etc/file", "644") with { Content = new FileContent(_folder["gone"], 3), Origin = _folder["gone"] };
        MegatuxException error = Assert.Throws<MegatuxException>(() =>
            AtomicFile.Write(_folder["out"], stream => MemberWriter.Write(stream, [entry], Compression.Default, 0, CancellationToken.None)));
        Assert.Equal(ErrorCodes.InputUnreadable, error.Problem.Code);
        Assert.Contains(_folder["gone"], error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out"]));
    }

    [Fact]
    public void A_file_of_4_GiB_is_an_error()
    {
        ImageEntry entry = Sample.Of(EntryKind.File, "large", "644") with { Content = new Zeros((long)uint.MaxValue + 1) };
        Assert.Equal(ErrorCodes.FileTooLarge, Assert.Throws<MegatuxException>(() => Sample.Pack(Compression.None, entry)).Problem.Code);
    }

    [Fact]
    public void Packing_stops_when_cancelled() =>
        Assert.Throws<OperationCanceledException>(() =>
            MemberWriter.Write(Stream.Null, [Sample.File("a")], Compression.Default, 0, new CancellationToken(canceled: true)));

    private sealed class Zeros(long length) : Content
    {
        public override long Length { get; } = length;

        public override Stream Open() => throw new UnreachableException();
    }
}
