using Megatux.Model;

namespace Megatux.Imaging.Tests;

/// <summary>What the kernel does without a word, found before it does.</summary>
public sealed class ImageVerifierTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sound_image_has_no_faults_and_is_counted()
    {
        byte[] image = Sample.Join(
            Sample.Pack(Compression.None, Sample.Folder("kernel"), Sample.File("kernel/microcode.bin", new byte[1000])),
            Sample.Pack(Compression.Default, Sample.Folder("usr"), Sample.Folder("usr/lib"), Sample.Link("lib", "usr/lib"), Sample.File("init", "x"), Sample.HardLink("init2", "init")),
            Sample.Pack(Compression.Parse("zstd", null), Sample.File("lib/x", "through the link"), Sample.File("init", "other"), Sample.Folder("usr", "700")));
        Assert.Empty(Findings(image[..^0], but: "names (hard links)"));
        ImageContents contents = ImageVerifier.Run(_folder.Write("image", image), _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal(new ImageContents(3, 10, 1000 + 7 + 1 + 16 + 5), contents);
    }

    public static TheoryData<string, byte[], string> Faults()
    {
        byte[] lower = Sample.Pack(Compression.None, Sample.Folder("a"), Sample.File("a/x"), Sample.Link("lib64", "a"), Sample.File("file"),
            Sample.Device("null", 1, 3), Sample.Link("loop", "loop"), Sample.Folder("empty"), Sample.File("one", "1"), Sample.HardLink("two", "one"));
        return new()
        {
            { "a missing parent", Sample.Join(lower, Upper(Sample.FileRecord("b/c/d"))), "member 2: b/c/d: its parent b/c is missing: the kernel drops it" },
            { "a parent that is a file", Sample.Join(lower, Upper(Sample.FileRecord("file/x"))), "member 2: file/x: its parent file is no directory" },
            { "a parent that is a loop", Sample.Join(lower, Upper(Sample.FileRecord("loop/x"))), "member 2: loop/x: its folder loop is a loop of links" },
            { "a parent that comes later", Upper(Sample.FileRecord("a/x"), Sample.FolderRecord("a")), "member 1: a/x: its parent a is missing" },
            { "a directory over a link", Sample.Join(lower, Upper(Sample.FolderRecord("lib64"))), "member 2: lib64: a directory over the symbolic link to a of member 1" },
            { "a file over a directory", Sample.Join(lower, Upper(Sample.FileRecord("a"))), "member 2: a: a is a directory that is not empty: the kernel drops the file" },
            { "a link over a directory", Sample.Join(lower, Upper(Sample.LinkRecord("a", "b"))), "member 2: a: a is a directory that is not empty: the kernel drops the link" },
            { "a pipe over a directory", Sample.Join(lower, Upper(Sample.Record("a", CpioFormat.TypeFifo))), "the kernel drops the Fifo" },
            { "a device with other numbers", Sample.Join(lower, Upper(Sample.Record("null", CpioFormat.TypeCharacter, change: fields => fields[9] = 7))), "the device there stays 1,3" },
            { "a shared file", Sample.Join(lower, Upper(Sample.FileRecord("one", "new"))), "member 2: one: the file there has 2 names (hard links)" },
            { "a hard link without contents", Sample.Join(lower, Upper(Sample.FileRecord("h", inode: 9, links: 2))), "member 2: h: a hard link without contents: 1 of its 2 names" },
            { "a hard link to what is gone", Upper(Sample.FileRecord("x", "x", 5, 2), Sample.FolderRecord("x"), Sample.FileRecord("z", "", 5, 2)), "member 1: z: it is a hard link to x, which is not there any more" },
            { "a directory with contents", Upper(Sample.Record("d", CpioFormat.TypeDirectory, [1, 2, 3])), "it is a Directory with contents (3 bytes)" },
            { "an unknown type", Upper(Sample.Record("d", 0x1A4)), "of no known type" },
            { "a long name", Upper(Sample.FileRecord(new string('n', 5000), "text"), Sample.FileRecord("after")), "its name has 5001 bytes" },
            { "a long part of a name", Upper(Sample.FileRecord(new string('n', 256), "text")), "longer than 255 bytes" },
            { "an empty name", Upper(Sample.FileRecord("")), "its name is empty" },
            { "an empty link", Upper(Sample.LinkRecord("l", "")), "its link target has 0 bytes" },
            { "a long link", Upper(Sample.LinkRecord("l", new string('t', 4096))), "its link target has 4096 bytes" },
            { "a file as the root", Upper(Sample.FileRecord(".")), "it would take the place of the root" },
            { "a climbing name", Upper(Sample.FolderRecord("a"), Sample.FileRecord("a/../../x")), "an absolute name, or one with '..'" },
            { "an absolute name", Upper(Sample.FileRecord("/x")), "member 1: /x: an absolute name" },
            { "no trailer", [.. Sample.FileRecord("a")], "member 1: the trailer is missing" },
            { "no trailer before another compression", [.. Sample.FileRecord("a"), .. Sample.Pack(Compression.Default, Sample.File("b"))], "member 1: the trailer is missing" },
            { "nothing", new byte[512], "the image holds no records at all" },
            { "damage", [.. lower, .. Sample.FileRecord("last", "contents")[..^3]], "member 2: " },
            { "another compression", [.. lower, 0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0], "is compressed with xz" },
            { "a misplaced archive", [.. Sample.Join(Sample.Pack(Compression.Default, Sample.File("a"))), 0, .. lower], "no multiple of 4" },
        };

        static byte[] Upper(params byte[][] records) => [.. records.SelectMany(record => record), .. Sample.Trailer];
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_a_line_with_member_and_path(string what, byte[] image, string expected)
    {
        string line = Assert.Single(Findings(image));
        Assert.True(line.Contains(expected, StringComparison.Ordinal), $"{what}: {line}");
        Assert.StartsWith("member ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_other_programs_are_no_faults()
    {
        byte[] image = [.. Sample.FolderRecord("."), .. Sample.FolderRecord("./a"), .. Sample.FileRecord("./a//b", "x"), .. Sample.FileRecord("a/./c"), .. Sample.FolderRecord("d/"), .. Sample.FileRecord("d/e"), .. Sample.Trailer];
        Assert.Empty(Findings(image));
    }

    [Fact]
    public void Hard_links_with_their_contents_at_the_last_name_and_empty_ones_are_no_faults()
    {
        byte[] image = [.. Sample.FileRecord("a", "", 3, 2), .. Sample.FileRecord("b", "x", 3, 2), .. Sample.FileRecord("c", "", 4, 2), .. Sample.FileRecord("d", "", 4, 2), .. Sample.Trailer];
        Assert.Empty(Findings(image));
    }

    [Fact]
    public void A_name_cannot_harm_the_terminal()
    {
        string line = Assert.Single(Findings([.. Sample.FileRecord("a\u001b]0;x\u0007/b"), .. Sample.Trailer]));
        Assert.DoesNotContain('\u001b', line);
        Assert.StartsWith(@"member 1: a\033]0;x\007/b: ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_does_not_exist_is_an_error_and_no_fault() =>
        Assert.Equal(ErrorCodes.InputUnreadable, Assert.Throws<MegatuxException>(() => ImageVerifier.Run(_folder["absent"], _ => { }, TestContext.Current.CancellationToken)).Problem.Code);

    private string[] Findings(byte[] image, string but = "\0")
    {
        var found = new List<string>();
        ImageVerifier.Run(_folder.Write("image", image), finding => found.Add(finding.ToString()), TestContext.Current.CancellationToken);
        return [.. found.Where(line => !line.Contains(but, StringComparison.Ordinal))];
    }
}
