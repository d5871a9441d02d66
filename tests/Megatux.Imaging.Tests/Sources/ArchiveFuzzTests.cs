using System.Diagnostics;
using Megatux.Model;

namespace Megatux.Imaging.Tests;

/// <summary>Archives of several programs, mutated from a fixed seed: an archive is read or refused, and nothing else happens.</summary>
public sealed class ArchiveFuzzTests : IDisposable
{
    // Long enough for thousands of mutations; the seed makes a failure repeatable by its number.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(6), OneArchive = TimeSpan.FromSeconds(20);
    private static readonly ArchiveLimits Limits = new() { MaxBytes = 1 << 24, MaxEntries = 10_000 };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_mutated_archive_is_read_or_refused_and_nothing_else_is_written()
    {
        List<byte[]> seeds = MakeSeeds();
        string spool = _folder["out/spool"];
        Directory.CreateDirectory(spool);
        string before = string.Join('\n', Directory.GetFileSystemEntries(_folder["out"]));
        int read = 0, refused = 0;
        var random = new Random(20_240_607);
        var clock = Stopwatch.StartNew();
        for (int round = 0; clock.Elapsed < Budget; round++)
        {
            byte[] archive = Mutate(seeds[round % seeds.Count], random);
            using var late = new CancellationTokenSource(OneArchive);
            try
            {
                List<ImageEntry> entries = ArchiveSource.Read(new MemoryStream(archive), "fuzzed", spool, Limits, null, late.Token);
                AssertSound(entries);
                foreach (string file in Directory.GetFiles(spool))
                    File.Delete(file);
                read++;
            }
            catch (MegatuxException)
            {
                refused++;
            }
            catch (Exception other)
            {
                throw new InvalidOperationException($"round {round}: {Convert.ToBase64String(archive)}", other);
            }

            Assert.Empty(Directory.GetFileSystemEntries(spool));
        }

        Assert.Equal(before, string.Join('\n', Directory.GetFileSystemEntries(_folder["out"])));
        Assert.True(read > 10, $"only {read} were read");
        Assert.True(refused > 100, $"only {refused} were refused");
    }

    private static void AssertSound(List<ImageEntry> entries)
    {
        var byPath = entries.ToDictionary(e => e.Path);
        foreach (ImageEntry entry in entries)
        {
            Assert.False(entry.Path.Length == 0 || entry.Path.Contains('\0', StringComparison.Ordinal));
            Assert.DoesNotContain(entry.Path.Split('/'), c => c is "" or "." or "..");
            if (Path.GetDirectoryName(entry.Path) is { Length: > 0 } parent)
                Assert.Equal(EntryKind.Directory, byPath[parent].Kind);
            if (entry.HardLinkTo is { } first)
                Assert.NotNull(byPath[first].Content);
            Assert.InRange(entry.Mode, 0, 0b111_111_111_111);
            if (entry.Content is not null)
            {
                using Stream contents = entry.Content.Open();
                contents.CopyTo(Stream.Null);
            }
        }
    }

    private List<byte[]> MakeSeeds()
    {
        _folder.Write("tree/etc/text", "some text");
        _folder.Write($"tree/{new string('d', 90)}/{new string('f', 90)}", "long");
        foreach (string command in (string[])["ln etc/text hard", "ln -s etc/text soft", "mkfifo fifo", "ln -s etc through"])
            Command.Run(command, _folder["tree"]).Succeeded();

        foreach (string form in (string[])["gnu", "pax", "ustar", "v7"])
            Command.Run("tar", [$"--format={form}", "-cf", _folder[$"tar-{form}.tar"], "."], _folder["tree"]);
        foreach (string form in (string[])["pax", "gnutar", "ustar"])
            Command.Run("bsdtar", [$"--format={form}", "-cf", _folder[$"bsdtar-{form}.tar"], "."], _folder["tree"]).Succeeded();
        if (Command.Find("python3") is { } python)
        {
            foreach (string form in (string[])["GNU_FORMAT", "PAX_FORMAT"])
                Command.Run(python, ["-c", $"import tarfile; t = tarfile.open('{_folder[$"python-{form}.tar"]}', 'w', format=tarfile.{form}); t.add('.'); t.close()"], _folder["tree"]).Succeeded();
        }

        List<byte[]> seeds = [.. Directory.GetFiles(_folder.Path, "*.tar").Order(StringComparer.Ordinal).Select(f => File.ReadAllBytes(f))];
        foreach (string compressor in (string[])["gzip", "bzip2", "zstd"])
        {
            Command.Run("sh", ["-c", $"{compressor} -c < '{_folder["tar-pax.tar"]}' > '{_folder["packed"]}'"]).Succeeded();
            seeds.Add(File.ReadAllBytes(_folder["packed"]));
        }

        return seeds;
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var archive = new List<byte>(seed);
        for (int edits = random.Next(1, 5); edits > 0; edits--)
        {
            int at = random.Next(archive.Count);
            switch (random.Next(9))
            {
                case 0:
                    archive[at] = (byte)random.Next(256);
                    break;
                case 1:
                    archive[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    archive.RemoveRange(at, Math.Min(archive.Count - at, random.Next(1, 600)));
                    break;
                case 3:
                    archive.InsertRange(at, archive.GetRange(at, Math.Min(archive.Count - at, random.Next(1, 1024))));
                    break;
                case 4 when archive.Count > 1024:
                    // A header field with its checksum made right again reaches deeper than noise does.
                    EditHeader(archive, at / 512 * 512, random);
                    break;
                case 5:
                    archive.RemoveRange(at, archive.Count - at);
                    break;
                default:
                    EditHeader(archive, random.Next(Math.Max(1, archive.Count / 512)) * 512, random);
                    break;
            }

            if (archive.Count == 0)
                archive.Add(0);
        }

        return [.. archive];
    }

    private static void EditHeader(List<byte> archive, int start, Random random)
    {
        if (start + 512 > archive.Count)
            return;
        (int offset, int length) = random.Next(6) switch
        {
            0 => (0, 100),
            1 => (124, 12),
            2 => (156, 1),
            3 => (157, 100),
            4 => (108, 16),
            _ => (257, 255),
        };
        int at = start + offset + random.Next(length);
        ReadOnlySpan<byte> likely = "\0/.01234567xgLKS \x80\xff"u8;
        for (int i = random.Next(1, 4); i > 0 && at < start + 512; i--)
            archive[at++] = likely[random.Next(likely.Length)];
        int sum = 8 * ' ';
        for (int i = 0; i < 512; i++)
            sum += i is >= 148 and < 156 ? 0 : archive[start + i];
        string text = Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ";
        for (int i = 0; i < 8; i++)
            archive[start + 148 + i] = (byte)text[i];
    }
}
