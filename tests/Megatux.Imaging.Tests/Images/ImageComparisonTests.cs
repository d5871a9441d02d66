using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class ImageComparisonTests : IDisposable
{
    private static readonly ImageEntry[] Entries =
    [
        Sample.Folder("a"), Sample.File("a/x", "one"), Sample.HardLink("a/y", "a/x"), Sample.Link("link", "a"), Sample.Device("null", 1, 3), Sample.File("z"),
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void How_an_image_is_packed_does_not_count()
    {
        byte[] parts = Sample.Join(
            Sample.Pack(Compression.Default, Sample.Folder("a", "700"), Sample.File("z", "old"), Sample.File("link", "file")),
            Sample.Pack(Compression.Parse("zstd", null), 99, Entries));
        Assert.Empty(Compare(Sample.Pack(Compression.None, Entries), parts));
    }

    public static TheoryData<ImageEntry, string> Changes() => new()
    {
        { Sample.Folder("new"), "+ new directory" },
        { Sample.Folder("a", "700"), "! a mode 755 became 700" },
        { Sample.File("z", "text"), "! z contents changed (0 bytes became 4)" },
        { Sample.File("z", "", "4755", 5, 6), "! z mode 644 became 4755; owner 0:0 became 5:6" },
        { Sample.Link("link", "b"), "! link link to a became b" },
        { Sample.File("link", "abc"), "! link SymbolicLink became File" },
        { Sample.Device("null", 1, 5) with { Afresh = true }, "! null device 1,3 became 1,5" },
        { Sample.File("a/y", "one") with { Afresh = true }, "! a/y hard link of a/x became file of its own" },
        { Sample.File("a/x", "two"), "! a/x contents changed (3 bytes) | ! a/y contents changed (3 bytes)" },
        { Sample.File("a/x", "two") with { Afresh = true }, "! a/x contents changed (3 bytes) | ! a/y hard link of a/x became file of its own" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Each_kind_of_change_is_told(ImageEntry upper, string expected)
    {
        byte[] before = Sample.Pack(Compression.Default, Entries);
        byte[] after = Sample.Join(before, Sample.Pack(Compression.None, upper));
        Assert.Equal(expected, string.Join(" | ", Compare(before, after)));
        Assert.NotEmpty(Compare(after, before));
    }

    [Fact]
    public void Removed_names_come_in_order_with_the_added()
    {
        byte[] before = Sample.Pack(Compression.None, Sample.File("b", "1234"), Sample.File("d"));
        byte[] after = Sample.Pack(Compression.None, Sample.Link("a", "b"), Sample.Device("c", 8, 1, kind: EntryKind.BlockDevice), Sample.File("d"));
        Assert.Equal(["+ a link to b", "- b file of 4 bytes", "+ c block device 8,1"], Compare(before, after));
    }

    [Fact]
    public void The_root_counts_too()
    {
        byte[] before = [.. Sample.FolderRecord("."), .. Sample.Trailer];
        byte[] after = [.. Sample.FolderRecord(".", 0x1C0), .. Sample.Trailer];
        Assert.Equal(["! . mode 755 became 700"], Compare(before, after));
    }

    [Fact]
    public void A_damaged_image_is_an_error()
    {
        byte[] image = Sample.Pack(Compression.Default, Entries);
        Assert.Equal(ErrorCodes.ImageDamaged, Assert.Throws<MegatuxException>(() => Compare(image, image[..^9])).Problem.Code);
    }

    private string[] Compare(byte[] before, byte[] after) =>
        [.. ImageComparison.Compare(_folder.Write("before", before), _folder.Write("after", after), TestContext.Current.CancellationToken).Select(Describe)];

    private static string Describe(ImageDifference difference) => difference switch
    {
        { Before: null } => $"+ {difference.Path} {difference.After}",
        { After: null } => $"- {difference.Path} {difference.Before}",
        _ => $"! {difference.Path} {string.Join("; ", difference.Changes)}",
    };
}
