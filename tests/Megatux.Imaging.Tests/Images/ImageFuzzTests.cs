using System.Diagnostics;
using Megatux.Model;

namespace Megatux.Imaging.Tests;

/// <summary>Images mutated from a fixed seed: each is read, verified and unpacked, or refused, and nothing else happens.</summary>
public sealed class ImageFuzzTests : IDisposable
{
    private const long MostContent = 64 << 20;

    // Thousands of mutations; the seed makes a failure repeatable by its number.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(4);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_mutated_image_is_read_or_refused()
    {
        byte[][] seeds = Seeds();
        var random = new Random(20_250_101);
        var clock = Stopwatch.StartNew();
        int read = 0, refused = 0;
        for (int round = 0; clock.Elapsed < Budget; round++)
        {
            byte[] image = Mutate(seeds[round % seeds.Length], random);
            try
            {
                Read(image);
                read++;
            }
            catch (MegatuxException)
            {
                refused++;
            }
            catch (Exception other)
            {
                throw new InvalidOperationException($"round {round}: {Convert.ToBase64String(image)}", other);
            }
        }

        Assert.True(read > 10, $"only {read} were read");
        Assert.True(refused > 100, $"only {refused} were refused");
    }

    [Fact]
    public void Unpacking_a_mutated_image_writes_nothing_outside_the_folder()
    {
        byte[][] seeds = [.. Seeds().Where(seed => seed[0] == (byte)'0')];
        string outside = _folder.Write("outside/file", "untouched");
        File.SetUnixFileMode(outside, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var random = new Random(20_250_102);
        var clock = Stopwatch.StartNew();
        int unpacked = 0;
        string before = Outside();
        for (int round = 0; clock.Elapsed < Budget; round++)
        {
            byte[] image = Mutate(seeds[round % seeds.Length], random);
            string file = _folder.Write("image", image);
            try
            {
                // As root it would make device nodes and give files away to whoever a mutation names.
                ImageExtraction.Run(file, _folder["here/out"], round % 3 == 0 ? ["etc", "two"] : [], _ => { }, asRoot: false, TestContext.Current.CancellationToken);
                unpacked++;
            }
            catch (MegatuxException)
            {
                // Refused, or as far as it goes.
            }
            catch (Exception other)
            {
                throw new InvalidOperationException($"round {round}: {Convert.ToBase64String(image)}", other);
            }

            Assert.Equal(before, Outside());
            Remove(_folder["here"]);
        }

        Assert.True(unpacked > 10, $"only {unpacked} were unpacked");
    }

    private static void Remove(string _folder)
    {
        if (!Directory.Exists(_folder))
            return;
        if (!Environment.IsPrivilegedProcess)
            Command.Run("chmod", ["-R", "u+rwx", _folder]).Succeeded();
        Directory.Delete(_folder, recursive: true);
    }

    private string Outside()
    {
        string file = _folder["outside/file"];
        return $"{File.ReadAllText(file)} {File.GetUnixFileMode(file)} {string.Join(' ', Directory.GetFileSystemEntries(_folder["outside"]))} {string.Join(' ', Directory.GetFileSystemEntries(_folder.Path).Where(path => path != _folder["here"] && path != _folder["image"]))}";
    }

    /// <summary>Reads all, and verifies; contents beyond what a mutation could grow the seeds to would be a fault.</summary>
    private static void Read(byte[] image)
    {
        using ImageReader reader = ImageReader.Open(new MemoryStream(image), "fuzzed");
        var unpacked = new UnpackedImage(reader);
        byte[] buffer = new byte[4096];
        long content = 0;
        while (unpacked.Next(out ImageRecord? record, out Placement? placement))
        {
            Assert.NotNull(placement);
            Assert.False(string.IsNullOrEmpty(PathText.Show(record.Entry.Path)) && record.PassedOver is null);
            while (reader.ReadContent(buffer) is > 0 and int length)
                content += length;
            Assert.True(content < MostContent);
        }
    }

    private byte[][] Seeds()
    {
        ImageEntry[] entries =
        [
            Sample.Folder("dev"), Sample.Device("dev/null", 1, 3), Sample.Folder("etc"), Sample.File("etc/a", "some text, some text, some text"), Sample.HardLink("etc/b", "etc/a"),
            Sample.Link("link", "../outside"), Sample.Link("sbin", "etc"), Sample.File("x", Sample.Noise(300)),
        ];
        ImageEntry[] upper = [Sample.File("etc/a", "upper"), Sample.File("sbin/c", "through"), Sample.Folder("two"), Sample.Of(EntryKind.Fifo, "two/pipe", "600")];
        byte[] plain = Sample.Pack(Compression.None, entries), plainUpper = Sample.Pack(Compression.None, upper);
        byte[] gzip = Sample.Pack(Compression.Default, entries), zstd = Sample.Pack(Compression.Parse("zstd", "3"), upper);
        byte[] hostile = [.. Sample.LinkRecord("a", _folder["outside"]), .. Sample.FolderRecord("a"), .. Sample.FileRecord("a/file", "evil"), .. Sample.FileRecord("f", "", 4, 2), .. Sample.LinkRecord("f", _folder["outside/file"]), .. Sample.FileRecord("g", "evil", 4, 2), .. Sample.Trailer];
        return [plain, Sample.Join(plain, plainUpper), gzip, Sample.Join(gzip, zstd), Sample.Join(zstd, plain, gzip), hostile, Sample.Join(hostile, plain, plainUpper)];
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var image = new List<byte>(seed);
        for (int times = random.Next(1, 5); times > 0 && image.Count > 8; times--)
        {
            int at = random.Next(image.Count);
            switch (random.Next(7))
            {
                case 0:
                    image[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    image[at] = (byte)random.Next(256);
                    break;
                case 2:
                    image.RemoveRange(at, Math.Min(image.Count - at, 4 * random.Next(1, 60)));
                    break;
                case 3:
                    image.InsertRange(at & ~3, new byte[4 * random.Next(1, 10)]);
                    break;
                case 4:
                    int length = Math.Min(image.Count - at, 4 * random.Next(1, 60));
                    image.InsertRange(random.Next(image.Count) & ~3, image.GetRange(at & ~3, length));
                    break;
                case 5:
                    // A hexadecimal digit, somewhere in a header as likely as not.
                    image[at] = (byte)"0123456789ABCDEF/."[random.Next(18)];
                    break;
                default:
                    image.RemoveRange(at, image.Count - at);
                    break;
            }
        }

        return [.. image];
    }
}
