using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class MtreeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Owners_modes_and_new_names_come_from_the_manifest() =>
        Assert.Equal(
            """
            a File 755 0:42
            b File 644 0:0
            dev Directory 755 0:0
            dev/disk BlockDevice 660 0:6 259,1048575
            dev/pipe Fifo 600 0:0
            dev/ttyS1 CharacterDevice 620 0:5 4,65
            link SymbolicLink 777 0:0 -> a b
            shadow File 4640 4294967295:0
            sub Directory 1777 0:0
            with blank File 600 0:0
            """,
            Apply("""
                #mtree
                # The owners that a checkout cannot hold.

                .  type=dir mode=0700
                ./a mode=0755 gid=42
                ./shadow mode=4640 uid=4294967295
                ./dev type=dir
                ./dev/ttyS1   type=char mode=0620 gid=5 device=native,4,65
                dev/disk type=block mode=660 gid=6 device=linux,259,1048575
                ./dev/pipe type=fifo mode=600
                ./sub mode=1777
                ./link type=link link=a\040b
                ./with\040blank mode=600
                """));

    [Fact]
    public void Defaults_hold_until_they_are_changed_or_dropped() =>
        Assert.Equal("""
            a File 600 7:8
            b File 600 0:8
            shadow File 644 9:8
            sub Directory 755 0:0
            with blank File 755 3:0
            """, Apply("""
                /set uid=7 gid=8 mode=0600
                ./a
                ./b uid=0
                /set uid=9
                /unset mode
                ./shadow
                /unset all
                ./with\040blank uid=3 mode=755
                """));

    [Fact]
    public void A_directory_that_the_manifest_names_is_not_implicit_any_more()
    {
        string manifest = _folder.Write("m.mtree", "./sub\n");
        Assert.False(Assert.Single(Mtree.Apply(manifest, [Sample.Folder("sub") with { Implicit = true }], null)).Implicit);
    }

    [Theory]
    [InlineData("./a mode=888", ErrorCodes.MtreeMalformed)]
    [InlineData("./a mode=10000", ErrorCodes.MtreeMalformed)]
    [InlineData("./a mode=", ErrorCodes.MtreeMalformed)]
    [InlineData("./a mode", ErrorCodes.MtreeMalformed)]
    [InlineData("./a uid=root", ErrorCodes.MtreeMalformed)]
    [InlineData("./a uid=-1", ErrorCodes.MtreeMalformed)]
    [InlineData("./a gid=4294967296", ErrorCodes.MtreeMalformed)]
    [InlineData("./a type=door", ErrorCodes.MtreeMalformed)]
    [InlineData("./a sha256=00", ErrorCodes.MtreeMalformed)]
    [InlineData("./n type=char device=native,1", ErrorCodes.MtreeMalformed)]
    [InlineData("./n type=char device=1,3", ErrorCodes.MtreeMalformed)]
    [InlineData("./n type=char device=native,x,3", ErrorCodes.MtreeMalformed)]
    [InlineData("./a\\4 mode=600", ErrorCodes.MtreeMalformed)]
    [InlineData("./a\\n mode=600", ErrorCodes.MtreeMalformed)]
    [InlineData("/etc/passwd mode=600", ErrorCodes.MtreeMalformed)]
    [InlineData("../a mode=600", ErrorCodes.MtreeMalformed)]
    [InlineData("./sub/../../a mode=600", ErrorCodes.MtreeMalformed)]
    [InlineData("/set color=red", ErrorCodes.MtreeMalformed)]
    [InlineData("/unset color", ErrorCodes.MtreeMalformed)]
    [InlineData("./absent mode=600", ErrorCodes.MtreeNamesNothing)]
    [InlineData("./absent type=file", ErrorCodes.MtreeNamesNothing)]
    [InlineData("./n type=char", ErrorCodes.MtreeNamesNothing)]
    [InlineData("./n type=link", ErrorCodes.MtreeNamesNothing)]
    [InlineData("./a type=dir", ErrorCodes.MtreeNamesNothing)]
    [InlineData("./sub type=file", ErrorCodes.MtreeNamesNothing)]
    public void A_line_that_is_wrong_is_an_error_with_its_number(string line, string code)
    {
        Problem problem = Assert.Throws<MegatuxException>(() => Apply($"# first\n./a mode=644\n\n{line}\n")).Problem;
        Assert.Equal((code, new SourceLocation(_folder["m.mtree"], 4)), (problem.Code, problem.Where));
    }

    private string Apply(string text)
    {
        string manifest = _folder.Write("m.mtree", text);
        ImageEntry[] entries = [Sample.File("a"), Sample.File("b"), Sample.File("shadow"), Sample.Folder("sub"), Sample.File("with blank")];
        return EntryText.Describe(Mtree.Apply(manifest, [.. entries.Select(entry => entry with { Content = null })], null));
    }
}
