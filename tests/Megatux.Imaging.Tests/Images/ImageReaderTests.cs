using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class ImageReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_member_is_read_with_its_number_compression_and_sizes()
    {
        byte[] plain = Sample.Pack(Compression.None, Sample.Folder("a"), Sample.File("a/x", "12345"));
        byte[] gzip = Sample.Pack(Compression.Default, Sample.File("b", new byte[3_000_000]), Sample.File("c", Sample.Noise(900_000)), Sample.File("d", Sample.Noise(900_000)));
        byte[] zstd = Sample.Pack(Compression.Parse("zstd", "3"), Sample.Link("l", "a"));
        byte[] image = Sample.Join(plain, gzip, zstd, plain);
        using ImageReader reader = ImageReader.Open(new MemoryStream(image), "image");
        Assert.Equal(["1 a", "1 a/x", "2 b", "2 c", "2 d", "3 l", "4 a", "4 a/x"], Sample.ReadAll(reader).Select(read => $"{read.Record.Member} {read.Record.Entry.Path}"));

        Assert.Equal(["none", "gzip", "zstd", "none"], reader.Members.Select(member => member.Compression));
        Assert.Equal([plain.Length, gzip.Length, zstd.Length, plain.Length], reader.Members.Select(member => member.Length));
        Assert.Equal([2, 3, 1, 2], reader.Members.Select(member => member.Entries));
        Assert.Equal([5, 4_800_000, 1, 5], reader.Members.Select(member => member.ContentLength));
        Assert.Equal(plain.Length, reader.Members[0].ArchiveLength);
        Assert.True(reader.Members[1].Streams > 1);
        Assert.All(reader.Members, member => Assert.True(member.HasTrailer));
        Assert.All(reader.Members, member => Assert.Equal(0, member.Offset % CpioFormat.Alignment));
        Assert.Equal(image.Length - plain.Length, reader.Members[3].Offset);
    }

    [Fact]
    public void Plain_archives_right_behind_each_other_are_members_of_their_own()
    {
        byte[] one = Sample.Pack(Compression.None, Sample.File("a"));
        using ImageReader reader = ImageReader.Open(new MemoryStream([.. one, .. one, 0, 0, 0, 0, 0, 0, 0, 0, .. one]), "image");
        Assert.Equal([1, 2, 3], Sample.ReadAll(reader).Select(read => read.Record.Member));
        Assert.Equal([0, one.Length, (2 * one.Length) + 8], reader.Members.Select(member => member.Offset));
        Assert.All(reader.Members, member => Assert.Equal(one.Length, member.Length));
    }

    [Fact]
    public void Archives_within_one_compressed_stream_are_members_of_their_own()
    {
        byte[] one = Sample.Pack(Compression.None, Sample.File("a"));
        string both = _folder.Write("both", [.. one, .. new byte[512], .. one]);
        Command.Run("gzip", ["-n", both]).Succeeded();
        using ImageReader reader = ImageReader.Open(both + ".gz");
        Assert.Equal([1, 2], Sample.ReadAll(reader).Select(read => read.Record.Member));
        Assert.Equal([new FileInfo(both + ".gz").Length, 0], reader.Members.Select(member => member.Length));
    }

    [Fact]
    public void Images_of_other_programs_are_read()
    {
        _folder.Write("root/etc/text", "text");
        Command.Run("ln etc/text second", _folder["root"]).Succeeded();
        foreach (string pack in (string[])
            [
                "find . | cpio --quiet -o -H newc | gzip", "find . | cpio --quiet -o -H newc | zstd -q", "find . | cpio --quiet -o -H newc | gzip -n -1",
                "find . | cpio --quiet -o -H crc", "find . | bsdcpio --quiet -o -H newc", "find . | sort | cpio --quiet -o -H newc | zstd -q --no-check -19",
                "bsdtar -cf - --format newc .", "(echo etc; echo ./second; echo etc//text) | cpio --quiet -o -H newc",
            ])
        {
            Command.Run("sh", ["-c", $"({pack}) >../image"], _folder["root"]).Succeeded();
            List<(ImageRecord Record, byte[] Content)> read = Sample.ReadAll(File.ReadAllBytes(_folder["image"]));
            Assert.Contains(read, one => one.Record.Entry.Kind == EntryKind.File && one.Content.AsSpan().SequenceEqual("text"u8));
            ImageContents contents = ImageVerifier.Run(_folder["image"], found => Assert.Fail($"{pack}: {found}"), TestContext.Current.CancellationToken);
            Assert.Equal(1, contents.Members);
        }
    }

    [Fact]
    public void A_name_padded_with_NULs_ends_at_the_first()
    {
        // What gen_init_cpio of Linux 6.18 and later writes, so that contents lie at multiples of a block.
        byte[] record = Sample.FileRecord("name\0\0\0\0\0\0\0", "text");
        (ImageRecord read, byte[] content) = Assert.Single(Sample.ReadAll([.. record, .. Sample.Trailer]));
        Assert.Equal(("name", 4), (read.Entry.Path, content.Length));
    }

    [Fact]
    public void Names_that_are_no_text_stay_different_and_are_shown_in_octal()
    {
        string[] names = Sample.Names([.. Sample.FileRecord("caf\u00e9"), .. Sample.FileRecord("caf\u00e8"), .. Sample.FileRecord("a\tb\\\u001b[31m")]);
        Assert.Equal([@"caf\351", @"caf\350", @"a\011b\\\033[31m"], names.Select(PathText.Show));
        Assert.Equal("ü🐧", PathText.Show("ü🐧"));
    }

    [Fact]
    public void Where_one_stream_ends_and_the_next_begins_does_not_depend_on_how_the_bytes_come()
    {
        byte[] image = Sample.Join(
            Sample.Pack(Compression.Default, Sample.File("a", "some text, some text"), Sample.File("b", Sample.Noise(3000))),
            Sample.Pack(Compression.Parse("zstd", "1"), Sample.File("c", Sample.Noise(500))),
            Sample.Pack(Compression.None, Sample.File("d", "x")),
            Sample.Pack(Compression.Default, Sample.File("e", new byte[100_000])));
        string[] expected = ["a 20", "b 3000", "c 500", "d 1", "e 100000"];
        for (int portion = 1; portion < 40; portion++)
        {
            using var dribble = new Dribble(image, portion);
            Assert.Equal(expected, Sample.ReadAll(dribble).Select(read => $"{read.Record.Entry.Path} {read.Content.Length}"));
        }
    }

    [Fact]
    public void Streams_that_end_near_the_end_of_the_window_are_read_to_their_last_byte()
    {
        byte[] small = Sample.Pack(Compression.Default, Sample.File("z", "x"));
        for (int length = (1 << 17) - small.Length - 160; length < (1 << 17) + 16; length += 3)
        {
            // Zeros are skipped between members: they shift what follows over the window's edge.
            byte[] image = [.. new byte[length], .. small, 0, 0, .. small];
            Assert.Equal(["z", "z"], Sample.Names(image));
        }
    }

    [Fact]
    public void A_wrong_checksum_of_contents_is_damage()
    {
        byte[] right = Sample.Record("a", CpioFormat.TypeFile | 0x1A4, [1, 2, 250], change: fields => fields[12] = 253);
        Assert.Equal(3, Assert.Single(Sample.ReadAll(right)).Content.Length);
        byte[] wrong = Sample.Record("a", CpioFormat.TypeFile | 0x1A4, [1, 2, 250], change: fields => fields[12] = 254);
        Assert.Contains("checksum", Damage(wrong), StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], string> DamagedImages()
    {
        byte[] plain = Sample.Pack(Compression.None, Sample.Folder("a"), Sample.File("a/x", "12345"));
        byte[] gzip = Sample.Pack(Compression.Default, Sample.File("b", Sample.Noise(1000)));
        byte[] zstd = Sample.Pack(Compression.Parse("zstd", null), Sample.File("b", Sample.Noise(1000)));
        return new()
        {
            { "a header cut off", plain[..50], "header of a record is cut off" },
            { "a name cut off", plain[..224], "name is cut off" },
            { "contents cut off", plain[..(112 + 116 + 2)], "contents of a file are cut off" },
            { "padding cut off", plain[..(112 + 116 + 6)], "padding of a record is cut off" },
            { "a gzip stream cut off", gzip[..^20], "the gzip stream is cut off" },
            { "a gzip checksum cut off", gzip[..^3], "checksum is cut off" },
            { "a gzip header cut off", gzip[..5], "gzip header is cut off" },
            { "a gzip checksum", Flip(gzip, gzip.Length - 8), "checksum or length is wrong" },
            { "a gzip length", Flip(gzip, gzip.Length - 1), "checksum or length is wrong" },
            { "a gzip flag", Flip(gzip, 3, 4), "the kernel understands none but FNAME" },
            { "a zstd frame cut off", zstd[..^20], "zstd frame" },
            { "a zstd checksum", Flip(zstd, zstd.Length - 1), "zstd frame is damaged" },
            { "a zstd checksum cut off", zstd[..^1], "zstd frame" },
            { "the old binary format", [0xC7, 0x71, 0, 0, 0, 0], "neither a cpio record nor a compressed one" },
            { "the old portable format", [.. "0707070000"u8, .. new byte[100]], "magic 070701" },
            { "text", [.. "hello"u8], "68656c6c6f" },
            { "a digit that is none", [.. "07070100000000G0"u8, .. plain[16..]], "hexadecimal" },
            { "a misplaced archive", [.. gzip, .. new byte[5 - (gzip.Length % 4)], .. plain], "no multiple of 4" },
            { "a misplaced record", [.. plain[..112], 0, 0, .. plain[112..]], "no multiple of 4" },
            { "a name without its NUL", [.. plain[..111], (byte)'b', .. plain[112..]], "does not end in NUL" },
        };

        static byte[] Flip(byte[] image, int at, byte bit = 1)
        {
            byte[] copy = [.. image];
            copy[at] ^= bit;
            return copy;
        }
    }

    [Theory]
    [MemberData(nameof(DamagedImages))]
    public void Damage_is_told_with_its_place(string what, byte[] image, string part)
    {
        string message = Damage(image);
        Assert.True(message.Contains(part, StringComparison.Ordinal), $"{what}: {message}");
        Assert.Contains("member ", message, StringComparison.Ordinal);
        Assert.Contains(" byte ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xz", "xz --check=crc32")]
    [InlineData("bzip2", "bzip2")]
    [InlineData("lzma", "xz --format=lzma")]
    public void Other_compressions_are_called_by_their_names(string format, string command)
    {
        _folder.Write("member", Sample.Pack(Compression.None, Sample.File("a")));
        Command.Run("sh", ["-c", $"{command} <member >packed"], _folder.Path).Succeeded();
        byte[] image = Sample.Join(Sample.Pack(Compression.Default, Sample.File("a")), File.ReadAllBytes(_folder["packed"]));
        MegatuxException error = Assert.Throws<MegatuxException>(() => Sample.ReadAll(image));
        Assert.Equal(ErrorCodes.ImageCompressionUnreadable, error.Problem.Code);
        Assert.Contains($"member 2 ", error.Message, StringComparison.Ordinal);
        Assert.Contains($"compressed with {format};", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zeros_alone_are_an_image_without_members()
    {
        Assert.Empty(Sample.ReadAll(new byte[1 << 20]));
        Assert.Empty(Sample.ReadAll([]));
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_an_error_that_names_it()
    {
        foreach (string path in (string[])[_folder["absent"], _folder.Path])
        {
            MegatuxException error = Assert.Throws<MegatuxException>(() =>
            {
                using ImageReader reader = ImageReader.Open(path);
                reader.Next();
            });
            Assert.Equal(ErrorCodes.InputUnreadable, error.Problem.Code);
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }
    }

    private static string Damage(byte[] image)
    {
        MegatuxException error = Assert.Throws<MegatuxException>(() => Sample.ReadAll(image));
        Assert.Equal(ErrorCodes.ImageDamaged, error.Problem.Code);
        return error.Message;
    }

    /// <summary>A stream that gives a few bytes at a time.</summary>
    private sealed class Dribble(byte[] bytes, int portion) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, portion));
    }
}
