using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class MemberLayoutTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ImageStack _lower = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parents_that_nobody_has_are_made_and_come_first() =>
        Assert.Equal("a Directory 755 0:0 implicit|a-b File|a/b Directory 755 0:0 implicit|a/b/c File|z File",
            Arrange(Sample.File("z"), Sample.File("a/b/c"), Sample.File("a-b")));

    [Fact]
    public void Parents_that_a_lower_member_has_are_not_repeated()
    {
        Lower("base", Sample.Folder("tmp", "1777"), Sample.Folder("etc", "700"));
        Assert.Equal("etc/x File|tmp/x File",
            Arrange(Sample.File("tmp/x"), Sample.Folder("tmp") with { Implicit = true }, Sample.Folder("etc") with { Implicit = true }, Sample.File("etc/x")));
        Assert.Equal("tmp Directory 700 0:0", Arrange(Sample.Folder("tmp", "700")));
    }

    [Fact]
    public void A_directory_with_a_mode_of_its_own_is_not_replaced_by_one_that_something_lies_in()
    {
        Assert.Equal("d Directory 700 0:0", Arrange(Sample.Folder("d", "700"), Sample.Folder("d") with { Implicit = true }));
        Assert.Equal("d Directory 700 0:0", Arrange(Sample.Folder("d") with { Implicit = true }, Sample.Folder("d", "700")));
    }

    [Fact]
    public void Of_two_entries_of_a_path_the_later_counts() =>
        Assert.Equal("x SymbolicLink 777 0:0 -> y", Arrange(Sample.File("x"), Sample.Link("x", "y")));

    [Fact]
    public void A_directory_over_a_link_is_an_error_that_names_both()
    {
        Lower("guest-base", Sample.Folder("usr"), Sample.Folder("usr/lib64"), Sample.Link("lib64", "usr/lib64"));
        Problem problem = Refused(Sample.Folder("lib64") with { Implicit = true, Origin = "overlays/guest/lib64" }, Sample.File("lib64/x"));
        Assert.Equal((ErrorCodes.DirectoryOverLink, "GuestOverlay:overlays/guest"), (problem.Code, problem.Subject));
        foreach (string part in (string[])["overlays/guest/lib64", "guest-base", "usr/lib64"])
            Assert.Contains(part, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_over_a_directory_that_is_not_empty_is_an_error_and_over_an_empty_one_not()
    {
        Lower("base", Sample.Folder("full"), Sample.File("full/x"), Sample.Folder("empty"));
        foreach (ImageEntry entry in (ImageEntry[])[Sample.File("full"), Sample.Link("full", "x"), Sample.Device("full", 1, 3)])
            Assert.Equal(ErrorCodes.FileOverDirectory, Refused(entry).Code);
        Assert.Equal("empty File", Arrange(Sample.File("empty")));
        Assert.Equal("full/x Directory 755 0:0", Arrange(Sample.Folder("full/x")));
    }

    [Fact]
    public void A_parent_that_is_a_file_is_an_error()
    {
        Lower("base", Sample.File("file"), Sample.Link("dangling", "nowhere"), Sample.Link("loop", "loop"));
        foreach (ImageEntry[] entries in (ImageEntry[][])[[Sample.File("file/x")], [Sample.File("a"), Sample.File("a/x")], [Sample.File("dangling/x")], [Sample.File("loop/x")]])
            Assert.Equal(ErrorCodes.ParentMissing, Refused(entries).Code);
        Assert.Equal(ErrorCodes.ParentMissing, Assert.Throws<MegatuxException>(() =>
            MemberLayout.Arrange([Sample.File("loop/x")], _lower, "m", followLinks: true, null)).Problem.Code);
    }

    [Fact]
    public void A_parent_may_be_reached_through_a_link_of_a_lower_member()
    {
        Lower("base", Sample.Folder("usr"), Sample.Folder("usr/lib"), Sample.Link("lib", "usr/lib"), Sample.Link("absolute", "/usr"));
        Assert.Equal("absolute/lib/y File|lib/x File", Arrange(Sample.File("lib/x"), Sample.File("absolute/lib/y")));
    }

    [Fact]
    public void A_parent_that_is_a_link_of_the_same_member_must_lead_to_what_comes_before()
    {
        // Members are sorted: when lib/x is unpacked, usr/lib is not there yet, and the kernel would drop it.
        Assert.Equal(ErrorCodes.ParentMissing, Refused(Sample.Link("lib", "usr/lib"), Sample.File("lib/x"), Sample.Folder("usr/lib")).Code);
        Assert.Equal("a Directory 755 0:0|lib SymbolicLink 777 0:0 -> a|lib/x File", Arrange(Sample.Link("lib", "a"), Sample.File("lib/x"), Sample.Folder("a")));
    }

    [Fact]
    public void Packages_and_programs_are_laid_through_links()
    {
        Lower("base", Sample.Folder("usr"), Sample.Folder("usr/lib", "711"), Sample.Link("lib", "usr/lib"), Sample.Link("lib64", "/lib"));
        Assert.Equal("usr/lib/a File|usr/lib/b File = usr/lib/a|usr/lib/c File = usr/lib/a|usr/lib/link SymbolicLink 777 0:0 -> a",
            Arrange(followLinks: true, Sample.Folder("lib"), Sample.File("lib/a", "x"), Sample.HardLink("lib64/b", "lib/a"), Sample.HardLink("usr/lib/c", "lib/a"), Sample.Link("lib/link", "a")));

        // A link that is the same below stays one.
        Assert.Equal("lib SymbolicLink 777 0:0 -> usr/lib", Arrange(followLinks: true, Sample.Link("lib", "usr/lib")));
    }

    [Fact]
    public void What_some_nodes_get_lies_over_what_all_get_and_under_nothing_else()
    {
        Lower("common", Sample.Folder("tmp", "1777"), Sample.Link("lib64", "tmp"));
        var some = new ImageStack(_lower);
        some.Add("some", [Sample.Folder("only"), Sample.File("only/x")]);
        Assert.Equal(ErrorCodes.DirectoryOverLink, Assert.Throws<MegatuxException>(() => MemberLayout.Arrange([Sample.Folder("lib64")], some, "m", false, null)).Problem.Code);
        Assert.Equal(ErrorCodes.FileOverDirectory, Assert.Throws<MegatuxException>(() => MemberLayout.Arrange([Sample.File("only")], some, "m", false, null)).Problem.Code);
        Assert.Equal(["only/y", "tmp/y"], MemberLayout.Arrange([Sample.File("only/y"), Sample.File("tmp/y")], some, "m", false, null).Select(entry => entry.Path));
        Assert.Equal("only Directory 755 0:0 implicit|only/y File", Arrange(Sample.File("only/y")));
    }

    [Fact]
    public void A_file_in_place_of_one_with_more_names_leaves_the_others_as_they_are()
    {
        ImageEntry[] below = [Sample.File("bin/applet", "busybox", "755"), Sample.HardLink("bin/ls", "bin/applet", "755"), Sample.HardLink("bin/sh", "bin/applet", "755"), Sample.Device("null", 1, 3, "666")];
        List<ImageEntry> first = MemberLayout.Arrange(below, _lower, "base", false, null);
        _lower.Add("base", first);
        List<ImageEntry> second = MemberLayout.Arrange([Sample.File("bin/sh", "shell", "755"), Sample.Device("null", 1, 5, "600")], _lower, "upper", false, null);

        byte[] image = Sample.Join(Sample.Pack(Compression.Default, [.. first]), Sample.Pack(Compression.Default, [.. second]));
        string file = _folder.Write("image", image);
        ImageVerifier.Run(file, found => Assert.Fail(found.ToString()), TestContext.Current.CancellationToken);
        byte[] before = Sample.Pack(Compression.Default, [.. first]);
        Assert.Equal(["bin/sh: contents changed (7 bytes became 5); hard link of bin/applet became file of its own", "null: mode 666 became 600; device 1,3 became 1,5"],
            ImageComparison.Compare(_folder.Write("before", before), file, TestContext.Current.CancellationToken).Select(difference => $"{difference.Path}: {string.Join("; ", difference.Changes)}"));

        // Nothing is written twice where there is no need.
        Assert.DoesNotContain(MemberLayout.Arrange([Sample.Device("null", 1, 3, "600"), Sample.File("new")], _lower, "m", false, null), entry => entry.Afresh);
    }

    private void Lower(string member, params ImageEntry[] entries) => _lower.Add(member, entries);

    private string Arrange(params ImageEntry[] entries) => Arrange(false, entries);

    private string Arrange(bool followLinks, params ImageEntry[] entries) =>
        string.Join('|', MemberLayout.Arrange(entries, _lower, "member", followLinks, null).Select(entry =>
            entry.Kind == EntryKind.File ? $"{entry.Path} File{(entry.HardLinkTo is null ? "" : " = " + entry.HardLinkTo)}" : EntryText.Describe(entry)));

    private Problem Refused(params ImageEntry[] entries) =>
        Assert.Throws<MegatuxException>(() => MemberLayout.Arrange(entries, _lower, "guest-overlay", false, "GuestOverlay:overlays/guest")).Problem;
}
