using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class CompressionTests : IDisposable
{
    private const string DigestVariable = "MEGATUX_TEST_DIGESTS";

    private static readonly ImageEntry[] Entries = MakeEntries();

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gzip", "gzip -dc")]
    [InlineData("zstd", "zstd -dcq")]
    public void The_plain_tool_gives_the_archive(string compression, string tool)
    {
        byte[] archive = Sample.Pack(Compression.None, Entries);
        string packed = _folder.Write("packed", Sample.Pack(Compression.Parse(compression, null), Entries));
        Command.Run("sh", ["-c", $"{tool} {packed} >{_folder["plain"]}"]).Succeeded();
        Assert.True(archive.AsSpan().SequenceEqual(File.ReadAllBytes(_folder["plain"])));
        Command.Run("sh", ["-c", $"{tool.Replace("-dc", "-t", StringComparison.Ordinal)} {packed}"]).Succeeded();
    }

    [Fact]
    public void Each_gzip_stream_is_whole_records_and_the_last_ends_with_the_trailer()
    {
        byte[] packed = Sample.Pack(Compression.Default, Entries);
        List<byte[]> streams = GzipStreams(packed);
        Assert.True(streams.Count >= 3, $"{streams.Count} streams");
        string last = "";
        foreach (byte[] stream in streams)
            for (int at = 0; at < stream.Length;)
            {
                Assert.True(CpioHeader.TryRead(stream.AsSpan(at, CpioFormat.HeaderLength), out CpioHeader header));
                int name = CpioFormat.HeaderLength + (int)header.NameLength;
                last = System.Text.Encoding.UTF8.GetString(stream, at + CpioFormat.HeaderLength, (int)header.NameLength - 1);
                at += name + CpioFormat.Padding(name) + (int)header.Length + CpioFormat.Padding(header.Length);
                Assert.True(at <= stream.Length);
            }

        Assert.Equal("TRAILER!!!", last);
        Assert.Contains(streams, stream => stream.Length > 5 << 20);
        Assert.Equal(Sample.Pack(Compression.None, Entries), streams.SelectMany(stream => stream));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("9")]
    [InlineData("19")]
    public void A_zstd_member_is_one_frame_with_a_checksum_and_a_window_that_the_kernel_takes(string level)
    {
        string packed = _folder.Write("packed.zst", Sample.Pack(Compression.Parse("zstd", level), Entries));
        string list = Command.Run("zstd", ["-lv", packed]).Succeeded().All;
        Assert.Contains("Check: XXH64", list, StringComparison.Ordinal);
        Assert.Contains("# Zstandard Frames: 1\n", list, StringComparison.Ordinal);

        // RFC 8878, 3.1.1.1.2: exponent (5 bits) over mantissa (3 bits), unless the frame is a single segment.
        byte[] frame = File.ReadAllBytes(packed);
        Assert.Equal(0, frame[4] & 0x20);
        long window = 1L << (10 + (frame[5] >> 3));
        Assert.True(window + (window / 8 * (frame[5] & 7)) <= 8 << 20, $"window descriptor {frame[5]:x2}");
    }

    [Fact]
    public void Every_byte_is_the_same_whatever_the_number_of_processors()
    {
        var digests = new HashSet<string>();
        foreach (string processors in (string[])["1", "2", "7"])
        {
            string file = _folder[processors];
            Command.Run(Environment.ProcessPath!, ["-method", $"*{nameof(Packing_twice_gives_the_same_bytes)}"], environment: new Dictionary<string, string?>
            {
                ["DOTNET_PROCESSOR_COUNT"] = processors,
                [DigestVariable] = file,
            }).Succeeded();
            digests.Add(File.ReadAllText(file));
        }

        Assert.Equal(Digests(), Assert.Single(digests));
    }

    [Fact]
    public void Packing_twice_gives_the_same_bytes()
    {
        string digests = Digests();
        Assert.Equal(digests, Digests());
        if (Environment.GetEnvironmentVariable(DigestVariable) is { Length: > 0 } file)
            File.WriteAllText(file, digests);
    }

    [Fact]
    public void The_time_stamp_and_an_owner_are_in_the_bytes_and_nothing_else_is()
    {
        byte[] bytes = Sample.Pack(Compression.None, 5, Sample.File("a", "x", uid: 0));
        Assert.Equal(bytes, Sample.Pack(Compression.None, 5, Sample.File("a", "x") with { Origin = "elsewhere" }));
        Assert.NotEqual(bytes, Sample.Pack(Compression.None, 6, Sample.File("a", "x")));
        Assert.NotEqual(bytes, Sample.Pack(Compression.None, 5, Sample.File("a", "x", uid: 1)));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("none")]
    public void An_output_that_fails_ends_the_packing_with_its_own_error(string compression)
    {
        using var full = new FullStream(100_000);
        IOException error = Assert.Throws<IOException>(() => MemberWriter.Write(full, Entries, Compression.Parse(compression, null), 0, CancellationToken.None));
        Assert.Equal("full", error.Message);
    }

    [Theory]
    [InlineData("", "", CompressionKind.Gzip, 6)]
    [InlineData("GZIP", "9", CompressionKind.Gzip, 9)]
    [InlineData(" zstd ", null, CompressionKind.Zstd, 9)]
    [InlineData("zstd", "19", CompressionKind.Zstd, 19)]
    [InlineData("none", "", CompressionKind.None, 0)]
    public void The_properties_choose_format_and_level(string kind, string? level, CompressionKind expected, int expectedLevel) =>
        Assert.Equal(new Compression(expected, expectedLevel), Compression.Parse(kind, level));

    [Theory]
    [InlineData("xz", "", ErrorCodes.CompressionUnknown, "Compression")]
    [InlineData("gzip", "0", ErrorCodes.CompressionLevelOutOfRange, "CompressionLevel")]
    [InlineData("gzip", "10", ErrorCodes.CompressionLevelOutOfRange, "CompressionLevel")]
    [InlineData("zstd", "20", ErrorCodes.CompressionLevelOutOfRange, "CompressionLevel")]
    [InlineData("zstd", "-1", ErrorCodes.CompressionLevelOutOfRange, "CompressionLevel")]
    [InlineData("none", "1", ErrorCodes.CompressionLevelOutOfRange, "CompressionLevel")]
    [InlineData("gzip", "six", ErrorCodes.CompressionLevelOutOfRange, "CompressionLevel")]
    public void Another_format_or_level_is_an_error_that_names_the_property(string kind, string level, string code, string subject)
    {
        Problem problem = Assert.Throws<MegatuxException>(() => Compression.Parse(kind, level)).Problem;
        Assert.Equal((code, subject), (problem.Code, problem.Subject));
    }

    private static string Digests() => string.Join(' ', new[] { "gzip", "zstd" }.Select(kind =>
        Convert.ToHexString(SHA256.HashData(Sample.Pack(Compression.Parse(kind, null), 7, Entries)))));

    /// <summary>Small files and large ones, text and noise: several streams, and a record of several blocks.</summary>
    private static ImageEntry[] MakeEntries()
    {
        var entries = new List<ImageEntry> { Sample.Folder("d") };
        for (int i = 0; i < 400; i++)
            entries.Add(Sample.File($"d/{i:000}", string.Concat(Enumerable.Repeat($"line {i}\n", i * 3))));
        entries.Add(Sample.File("e-big", [.. Sample.Noise(3 << 20), .. new byte[5 << 19]]));
        entries.Add(Sample.File("f", Sample.Noise(1 << 20, 2)));
        entries.Add(Sample.File("g", Sample.Noise((1 << 20) - 116, 3)));
        return [.. entries];
    }

    /// <summary>Takes the streams apart by what they hold: each is tried at every later magic until its checksum fits.</summary>
    private static List<byte[]> GzipStreams(byte[] packed)
    {
        var streams = new List<byte[]>();
        for (int start = 0; start < packed.Length;)
        {
            int end = start;
            byte[]? plain = null;
            while (plain is null)
            {
                int next = packed.AsSpan(end + 1).IndexOf((byte[])[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]);
                end = next < 0 ? packed.Length : end + 1 + next;
                plain = TryInflate(packed.AsSpan(start, end - start));
                Assert.True(plain is not null || end < packed.Length);
            }

            streams.Add(plain);
            start = end;
        }

        return streams;
    }

    private static byte[]? TryInflate(ReadOnlySpan<byte> stream)
    {
        var plain = new MemoryStream();
        using var inflate = new DeflateStream(new MemoryStream(stream[10..^8].ToArray()), CompressionMode.Decompress);
        inflate.CopyTo(plain);
        return System.IO.Hashing.Crc32.HashToUInt32(plain.ToArray()) == BinaryPrimitives.ReadUInt32LittleEndian(stream[^8..]) ? plain.ToArray() : null;
    }

    private sealed class FullStream(int room) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Length + count > room)
                throw new IOException("full");
            base.Write(buffer, offset, count);
        }
    }
}
