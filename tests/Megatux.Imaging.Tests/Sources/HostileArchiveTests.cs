using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class HostileArchiveTests : RefusedArchive
{
    public static TheoryData<string, string, string> Refused() => new()
    {
        { "/etc/passwd", "", ErrorCodes.ArchiveMemberLeavesRoot },
        { "//etc/passwd", "", ErrorCodes.ArchiveMemberLeavesRoot },
        { "../evil", "", ErrorCodes.ArchiveMemberLeavesRoot },
        { "a/../../evil", "", ErrorCodes.ArchiveMemberLeavesRoot },
        { "a/..", "", ErrorCodes.ArchiveMemberLeavesRoot },
        { ".", "", ErrorCodes.ArchiveNameInvalid },
        { "link", "..", ErrorCodes.ArchiveMemberLeavesRoot },
        { "a/link", "../../etc", ErrorCodes.ArchiveMemberLeavesRoot },
        { "a/link", "x/../../../etc/passwd", ErrorCodes.ArchiveMemberLeavesRoot },
        { "link", "/../etc", ErrorCodes.ArchiveMemberLeavesRoot },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_name_or_link_that_leaves_the_root_is_refused(string name, string link, string code)
    {
        MegatuxException error = Refuse(new TarForge().Add("good", content: "text").Add(name, link.Length == 0 ? '0' : '2', link: link).End(), code);
        Assert.Contains($"member \"{name}\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("hostile.tar", error.Message, StringComparison.Ordinal);
        Assert.Equal("GuestBase", error.Problem.Subject);
    }

    [Theory]
    [InlineData("/good")]
    [InlineData("../good")]
    [InlineData("a/../../good")]
    public void A_hard_link_that_leaves_the_root_is_refused(string target) =>
        Refuse(new TarForge().Add("good").Add("hard", '1', link: target).End(), ErrorCodes.ArchiveMemberLeavesRoot);

    [Theory]
    [InlineData("absent", "not in the archive")]
    [InlineData("folder", "not a file")]
    [InlineData("link", "not a file")]
    [InlineData("later", "not in the archive")]
    [InlineData("folder/below/absent", "not in the archive")]
    [InlineData("./", "not in the archive")]
    public void A_hard_link_to_what_is_no_file_before_it_is_refused(string target, string why)
    {
        MegatuxException error = Refuse(new TarForge().Add("folder", '5').Add("link", '2', link: "folder")
            .Add("hard", '1', link: target).Add("later").End(), ErrorCodes.ArchiveHardLinkDangling);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_through_a_link_that_leaves_the_root_is_refused()
    {
        // Each link is fine where it stands; by way of the other the path climbs too far.
        Refuse(new TarForge().Add("a/b/up", '2', link: "../..").Add("x", '2', link: "a/b/up/..").Add("x/file").End(), ErrorCodes.ArchiveMemberLeavesRoot);
    }

    [Fact]
    public void A_loop_of_links_is_refused()
    {
        Refuse(new TarForge().Add("a", '2', link: "b").Add("b", '2', link: "a").Add("a/file").End(), ErrorCodes.ArchiveMembersClash);
        Refuse(new TarForge().Add("a", '2', link: string.Concat(Enumerable.Repeat("./", 40)) + "a/a").Add("a/file").End(), ErrorCodes.ArchiveMembersClash);
    }

    [Fact]
    public void Members_that_contradict_each_other_are_refused()
    {
        Refuse(new TarForge().Add("a").Add("a/file").End(), ErrorCodes.ArchiveMembersClash);
        Refuse(new TarForge().Add("a/file").Add("a").End(), ErrorCodes.ArchiveMembersClash);
        Refuse(new TarForge().Add("a/file").Add("b").Add("a", '1', link: "b").End(), ErrorCodes.ArchiveMembersClash);
    }

    [Fact]
    public void Names_that_no_image_can_hold_are_refused()
    {
        string longest = string.Join('/', Enumerable.Repeat(new string('n', 255), 16));
        Assert.Equal(4095, longest.Length);
        Assert.Contains(Read(new TarForge().Pax(("path", longest)).Add("x").End()), e => e.Path == longest);
        Refuse(new TarForge().Pax(("path", longest + "x")).Add("x").End(), ErrorCodes.ArchiveNameInvalid);
        Refuse(new TarForge().Pax(("path", new string('n', 256))).Add("x").End(), ErrorCodes.ArchiveNameInvalid);
        Refuse(new TarForge().Pax(("path", new string('ü', 128))).Add("x").End(), ErrorCodes.ArchiveNameInvalid);
        Refuse(new TarForge().Pax(("path", "a\0b")).Add("x").End(), ErrorCodes.ArchiveNameInvalid);
        Refuse(new TarForge().Pax(("linkpath", "a\0b")).Add("x", '2', link: "a").End(), ErrorCodes.ArchiveNameInvalid);
        Refuse(new TarForge().Pax(("linkpath", longest + "/x")).Add("x", '2', link: "a").End(), ErrorCodes.ArchiveNameInvalid);
        Refuse(new TarForge().Add("x", '2').End(), ErrorCodes.ArchiveNameInvalid);

        Refuse(WithNameByte(new TarForge().Add("caf?").End(), 3, 0xE9), ErrorCodes.ArchiveNameInvalid);
        // A path made longer by a link than any of its parts.
        Refuse(new TarForge().Pax(("linkpath", longest[..4000])).Add("s", '2', link: "x").Pax(("path", "s/" + new string('m', 200))).Add("x").End(),
            ErrorCodes.ArchiveNameInvalid);
    }

    [Theory]
    [InlineData('S')]
    [InlineData('M')]
    [InlineData('V')]
    [InlineData('D')]
    [InlineData('Z')]
    public void Members_of_other_kinds_are_refused(char type) =>
        Refuse(new TarForge().Add("member", type, magic: "ustar  ").End(), ErrorCodes.ArchiveMemberUnsupported);

    [Theory]
    [InlineData("tar -S --format=pax")]
    [InlineData("tar -S --format=gnu")]
    [InlineData("bsdtar --format=pax")]
    public void Sparse_files_are_refused(string packer)
    {
        Command.Run("truncate -s 1M sparse", Folder.Path).Succeeded();
        File.AppendAllText(Folder["sparse"], "end");
        Command.Run($"{packer} -cf sparse.tar sparse", Folder.Path).Succeeded();
        Assert.Contains("sparse", Refuse(File.ReadAllBytes(Folder["sparse.tar"]), ErrorCodes.ArchiveMemberUnsupported).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Numbers_that_no_image_can_hold_are_refused()
    {
        Refuse(new TarForge().Add("dev", '3', major: 4096).End(), ErrorCodes.ArchiveMemberUnsupported);
        Refuse(new TarForge().Add("dev", '4', minor: 1 << 20).End(), ErrorCodes.ArchiveMemberUnsupported);
        Refuse(new TarForge().Pax(("uid", "4000000000")).Add("x").End(), ErrorCodes.ArchiveMemberUnsupported);
        Refuse(new TarForge().Pax(("uid", "-2")).Add("x").End(), ErrorCodes.ArchiveMemberUnsupported);
    }

    [Fact]
    public void Ten_gigabytes_of_zeros_are_refused_before_they_fill_the_disk()
    {
        byte[] bomb = TarForge.Gzip([.. new TarForge().Add("zeros", size: 10L << 30).Open(), .. new byte[1 << 22]]);
        Assert.InRange(bomb.Length, 1, 100_000);
        Refuse(bomb, ErrorCodes.ArchiveTooLarge);
        Refuse(bomb, ErrorCodes.ArchiveTooLarge, ArchiveLimits.Default with { MaxBytes = 1L << 40 });
        Refuse(TarForge.Gzip([.. new TarForge().Add("x").End(), .. new byte[1 << 22]]), ErrorCodes.ArchiveTooLarge, new ArchiveLimits { MaxBytes = 1 << 20 });
        Refuse(new TarForge().Add("x", content: new string('x', 5000)).Add("y", content: new string('y', 5000)).End(),
            ErrorCodes.ArchiveTooLarge, new ArchiveLimits { MaxBytes = 8192 });
    }

    [Fact]
    public void Gigabytes_of_metadata_are_refused_before_they_fill_the_memory()
    {
        foreach (char type in "xgLK")
        {
            byte[] zeros = new byte[1 << 21];
            Refuse([.. new TarForge().Add("bomb", type, size: 2_000_000_000).Open(), .. zeros], ErrorCodes.ArchiveDamaged);
            Refuse([.. new TarForge().Add("bomb", type, size: 1L << 40).Open(), .. zeros], ErrorCodes.ArchiveDamaged);
        }
    }

    [Fact]
    public void More_names_than_the_limit_are_refused()
    {
        var limits = new ArchiveLimits { MaxEntries = 3 };
        Assert.Equal(3, Read(new TarForge().Add("a/b/c").End(), limits).Count);
        Refuse(new TarForge().Add("a/b/c/d").End(), ErrorCodes.ArchiveTooLarge, limits);
        Refuse(new TarForge().Add("a").Add("a").Add("a").Add("a").End(), ErrorCodes.ArchiveTooLarge, limits);
    }

    private static byte[] WithNameByte(byte[] tar, int at, byte value)
    {
        int sum = Convert.ToInt32(System.Text.Encoding.ASCII.GetString(tar, 148, 6), 8) + value - tar[at];
        tar[at] = value;
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0')).CopyTo(tar, 148);
        return tar;
    }
}
