using System.Globalization;
using System.Security.Cryptography;
using Megatux.Imaging;

namespace Megatux.EndToEnd.Tests;

/// <summary>An image of several members, differently compressed, as a kernel unpacks it; and as the project's own code says it does.</summary>
public sealed class KernelUnpacksTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>What every image here needs to tell what became of it.</summary>
    private static ImageEntry[] Teller()
    {
        string busybox = Command.Find("busybox") ?? "";
        Assert.SkipWhen(busybox.Length == 0, "busybox (package busybox-static) is not installed.");
        return
        [
            Folder("bin"), Of("bin/busybox", File.ReadAllBytes(busybox), "755"), .. Applets(), Folder("proc"), Folder("tmp", "1777"), Folder("dev"),
            Of("init", """
                #!/bin/sh
                cd /
                echo BEGIN
                find . -xdev ! -path . ! -path './proc/*' ! -path './dev/console' ! -path './dev' ! -path './root' ! -path './bin/*' | sort | while read -r name; do
                  echo "$(stat -c '%A %u:%g %h %t,%T' "$name") $name$( [ -L "$name" ] && echo " -> $(readlink "$name")")$( [ -L "$name" ] || { [ -f "$name" ] && echo " $(sha256sum <"$name" | cut -c-64)"; })"
                done
                echo END
                poweroff -f
                """, "755"),
        ];
    }

    [Fact]
    public void A_kernel_makes_of_an_image_what_was_packed()
    {
        byte[] large = new byte[3 << 20], noise = new byte[2_500_000];
        new Random(3).NextBytes(large.AsSpan(1 << 20));
        new Random(4).NextBytes(noise);
        List<List<ImageEntry>> members = Arrange(
            [
                .. Teller(),
                Folder("data"), Of("data/large", large), Of("data/old", "old"), Of("data/shared", "shared"), HardLink("data/twin", "data/shared"),
                Of("data/one", "of two"), HardLink("data/two", "data/one"),
                Link("data/link", "old"), Device("data/null", 1, 3, "666"), Device("data/zero", 1, 5, "666"), Folder("data/empty"), Of("data/to-folder", "file"),
            ],
            [Of("data/plain", "uncompressed"), Of("data/old", "new", "600"), Folder("data", "711")],
            [Of("data/noise", noise), Of("data/bit1", noise[..900_000]), Of("data/bit2", noise[^900_000..]), Of("data/bit3", noise[1..900_000]), Of("data/link", "no link any more"), Folder("data/to-folder"), Link("data/empty", "gone")],
            [Of("data/zstd", "packed by zstd", "4711") with { Uid = 1000, Gid = 100 }, Of("data/one", "alone now"), Device("data/null", 1, 7, "600"), Device("data/zero", 1, 5, "600")],
            [Of("data/to-folder/late", "last"), new() { Path = "data/fifo", Kind = EntryKind.Fifo, Mode = 0x180 }, Of("tmp/implicit", "parent kept")]);
        Compression[] packing = [Compression.Default, Compression.None, Compression.Parse("gzip", "1"), Compression.Parse("zstd", "5"), Compression.None];

        string image = Join(members, packing);
        using (ImageReader reader = ImageReader.Open(image))
        {
            while (reader.Next() is not null)
            {
            }

            Assert.Equal(["gzip", "none", "gzip", "zstd", "none"], reader.Members.Select(member => member.Compression));
            Assert.True(reader.Members[2].Streams > 2);
        }

        ImageVerifier.Run(image, found => Assert.Fail(found.ToString()), TestContext.Current.CancellationToken);
        string unpacked = Boot(image);
        Assert.Equal(Expected(image, 0), unpacked);

        // And a few facts by name, lest both sides agree on something wrong.
        Assert.Contains($"-rw------- 0:0 1 0,0 ./data/old {Sha("new")}", unpacked, StringComparison.Ordinal);
        Assert.Contains($"-rw-r--r-- 0:0 1 0,0 ./data/two {Sha("of two")}", unpacked, StringComparison.Ordinal);
        Assert.Contains("crw------- 0:0 1 1,7 ./data/null", unpacked, StringComparison.Ordinal);
        Assert.Contains("drwxrwxrwt 0:0 2 0,0 ./tmp\n", unpacked, StringComparison.Ordinal);
        Assert.Contains("lrwxrwxrwx 0:0 1 0,0 ./data/empty -> gone", unpacked, StringComparison.Ordinal);
        Assert.Contains($"-rws--x--x 1000:100 1 0,0 ./data/zstd {Sha("packed by zstd")}", unpacked, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_does_with_a_faulty_image_what_is_said_of_it()
    {
        ImageEntry[] lower =
        [
            .. Teller(), Folder("full"), Of("full/file", "x"), Folder("real"), Link("link", "real"), Of("shared", "both"), HardLink("twin", "shared"), Device("null", 1, 3, "666"),
            Of("file", "a file"), Link("loop", "loop"), Folder("empty"), Folder("usr"), Folder("usr/lib", "711"), Link("lib", "/usr/lib"),
        ];
        ImageEntry[] upper =
        [
            Of("absent/file", "no parent"), Of("file/below", "no directory"), Of("full", "over a directory"), Link("full", "x"), Folder("link", "700"), Of("link/new", "in the new directory"),
            Of("shared", "for both names"), Device("null", 1, 7, "600"), Of("loop/x", "nowhere"), Of("empty", "over an empty directory"), Of("lib/library", "through a link"),
            Folder("file", "700"), Of("file/now", "below what was a file"), Of(new string('n', 256), "too long for a name"), Of(new string('m', 255), "just not"),
        ];
        string image = Join([[.. lower], [.. upper], [HardLink("lonely", "elsewhere")]], [Compression.Default, Compression.None, Compression.Default]);
        var found = new List<string>();
        ImageVerifier.Run(image, finding => found.Add(finding.Path), TestContext.Current.CancellationToken);
        Assert.Equal(["absent/file", "file/below", "full", "full", "link", "shared", "null", "loop/x", new string('n', 256), "lonely"], found);
        string unpacked = Boot(image);
        Assert.Equal(Expected(image, 6), unpacked);
        Assert.Contains($"2 0,0 ./twin {Sha("for both names")}", unpacked, StringComparison.Ordinal);
    }

    private string Join(List<List<ImageEntry>> members, Compression[] packing)
    {
        var join = new MemoryStream();
        for (int i = 0; i < members.Count; i++)
        {
            string path = _folder[$"member{i}"];
            using (FileStream member = File.Create(path))
                MemberWriter.Write(member, members[i], packing[i], 0, TestContext.Current.CancellationToken);
            ImageJoin.Write(join, [new JoinPart.Packed(new Member($"m{i}", path, "", 0, 0, 0))], 0, TestContext.Current.CancellationToken);
        }

        return _folder.Write("image", join.ToArray());
    }

    private string Boot(string image)
    {
        string console = Uml.Boot(image, _folder["uml"], "mem=64M").ReplaceLineEndings("\n");
        Assert.True(console.Contains("\nEND", StringComparison.Ordinal), console);
        return console.Split("BEGIN\n")[1].Split("\nEND")[0];
    }

    /// <summary>What extraction says the image unpacks to, in the words of the init script.</summary>
    private string Expected(string image, int drops)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can make device nodes and give files away");
        ExtractionSummary done = ImageExtraction.Run(image, _folder["out"], [], _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal(drops, done.Dropped);
        return Command.Run("sh", ["-c", """
            find . ! -path . ! -path './bin/*' ! -path './dev' | LC_ALL=C sort | while read -r name; do
              echo "$(stat -c '%A %u:%g %h %t,%T' "$name") $name$( [ -L "$name" ] && echo " -> $(readlink "$name")")$( [ -L "$name" ] || { [ -f "$name" ] && echo " $(sha256sum <"$name" | cut -c-64)"; })"
            done
            """], _folder["out"]).Succeeded().Output.TrimEnd('\n');
    }

    private static List<List<ImageEntry>> Arrange(params ImageEntry[][] members)
    {
        var stack = new ImageStack();
        var arranged = new List<List<ImageEntry>>();
        foreach (ImageEntry[] entries in members)
        {
            arranged.Add(MemberLayout.Arrange(entries, stack, string.Create(CultureInfo.InvariantCulture, $"member {arranged.Count}"), followLinks: false, null));
            stack.Add("", arranged[^1]);
        }

        return arranged;
    }

    private static IEnumerable<ImageEntry> Applets() =>
        ((string[])["sh", "find", "sort", "stat", "readlink", "sha256sum", "cut", "poweroff"]).Select(name => Link($"bin/{name}", "busybox"));

    private static ImageEntry Of(string path, string text, string mode = "644") => Of(path, System.Text.Encoding.UTF8.GetBytes(text), mode);

    private static ImageEntry Of(string path, byte[] bytes, string mode = "644") =>
        new() { Path = path, Kind = EntryKind.File, Mode = Convert.ToInt32(mode, 8), Content = new BytesContent(bytes) };

    private static ImageEntry Folder(string path, string mode = "755") => new() { Path = path, Kind = EntryKind.Directory, Mode = Convert.ToInt32(mode, 8) };

    private static ImageEntry Link(string path, string target) => new() { Path = path, Kind = EntryKind.SymbolicLink, Mode = 0x1FF, LinkTarget = target };

    private static ImageEntry HardLink(string path, string first) => new() { Path = path, Kind = EntryKind.File, Mode = 0x1A4, HardLinkTo = first };

    private static ImageEntry Device(string path, uint major, uint minor, string mode) =>
        new() { Path = path, Kind = EntryKind.CharacterDevice, Mode = Convert.ToInt32(mode, 8), DeviceMajor = major, DeviceMinor = minor };

    private static string Sha(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
