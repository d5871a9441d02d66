using Megatux.Model;

namespace Megatux.Imaging.Tests;

/// <summary>Search order and placing, on forged files under a root of the test's own.</summary>
public sealed class ClosureSearchTests : IDisposable
{
    private const string Loader = "/lib64/ld-test.so.1";
    private static readonly ElfTarget Host = new(ElfTarget.X64, ElfClass.Bits64, true);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Runpath_comes_before_the_system_and_is_not_inherited()
    {
        Program("opt/x/bin/prog", ["liba.so.1"], runPath: "$ORIGIN/../lib");
        Library("opt/x/lib/liba.so.1", ["libb.so.1"]);
        Library("opt/x/lib/libb.so.1");
        Library("usr/lib/libb.so.1");
        Library("usr/lib/liba.so.1");
        Assert.Equal(["opt/x/bin/prog", "opt/x/lib/liba.so.1", "usr/lib/libb.so.1"], Files("/opt/x/bin/prog"));
    }

    [Fact]
    public void Rpath_is_inherited_along_the_chain_and_ignored_beside_a_runpath()
    {
        Program("opt/x/bin/prog", ["liba.so.1"], rPath: "${ORIGIN}/../lib");
        Library("opt/x/lib/liba.so.1", ["libb.so.1"]);
        Library("opt/x/lib/libb.so.1", ["libc.so.9"], runPath: "/nowhere", rPath: "/opt/x/lib");
        Library("opt/x/lib/libc.so.9");
        Library("usr/lib/libc.so.9");
        Library("usr/lib/libb.so.1");
        Assert.Equal(["opt/x/bin/prog", "opt/x/lib/liba.so.1", "opt/x/lib/libb.so.1", "usr/lib/libc.so.9"], Files("/opt/x/bin/prog"));
    }

    [Fact]
    public void Lib_and_platform_stand_for_what_the_loader_takes_them_for()
    {
        Program("bin/prog", ["liba.so.1", "libb.so.1", "libc.so.9"], runPath: "/opt/$LIB:/opt/$PLATFORM/lib:/opt/$LIBRARY");
        Library("opt/lib64/liba.so.1");
        Library("opt/x86_64/lib/libb.so.1");
        Library("opt/$LIBRARY/libc.so.9");
        Assert.Equal(["bin/prog", "opt/$LIBRARY/libc.so.9", "opt/lib64/liba.so.1", "opt/x86_64/lib/libb.so.1"], Files("/bin/prog"));
        Library("lib/x86_64-linux-gnu/other.so");
        Library("opt/lib/x86_64-linux-gnu/liba.so.1");
        Assert.Contains("opt/lib/x86_64-linux-gnu/liba.so.1", Files("/bin/prog"));
    }

    [Fact]
    public void A_library_for_another_machine_or_width_or_none_at_all_is_passed_over()
    {
        Program("bin/prog", ["liba.so.1"], runPath: "/one:/two:/three:/four");
        _folder.Write("one/liba.so.1", new Forge(new ElfTarget(ElfTarget.AArch64, ElfClass.Bits64, true)).Bytes());
        _folder.Write("two/liba.so.1", new Forge(new ElfTarget(ElfTarget.X64, ElfClass.Bits32, true)).Bytes());
        _folder.Write("three/liba.so.1", "GROUP ( /lib/liba.so.2 )");
        Library("four/liba.so.1");
        Assert.Equal(["bin/prog", "four/liba.so.1"], Files("/bin/prog"));
    }

    [Fact]
    public void A_library_found_through_ld_so_conf_alone_goes_where_the_loader_looks_without_a_cache()
    {
        _folder.Write("etc/ld.so.conf", "# comment\ninclude /etc/ld.so.conf.d/*.conf\n");
        _folder.Write("etc/ld.so.conf.d/b.conf", "/opt/b/lib/ # late\n");
        _folder.Write("etc/ld.so.conf.d/a.conf", "/opt/a/lib\ninclude a.conf\ninclude more/*\n");
        _folder.Write("etc/ld.so.conf.d/c.other", "/opt/c/lib\n");
        Program("bin/prog", ["liba.so.1", "libb.so.1"]);
        Library("opt/a/lib/liba.so.1.2.3");
        File.CreateSymbolicLink(_folder["opt/a/lib/liba.so.1"], "liba.so.1.2.3");
        Library("opt/b/lib/liba.so.1");
        Library("opt/b/lib/libb.so.1");
        Library("opt/c/lib/libb.so.1");
        Library("usr/lib/liba.so.1");
        IReadOnlyList<ImageEntry> entries = Compute("/bin/prog");
        Assert.Equal(["bin/prog", "lib64/liba.so.1.2.3", "lib64/libb.so.1"], FilesOf(entries));
        Assert.Equal("liba.so.1.2.3", entries.Single(entry => entry.Path == "lib64/liba.so.1").LinkTarget);
        Assert.Equal(_folder["opt/b/lib/libb.so.1"], entries.Single(entry => entry.Path == "lib64/libb.so.1").Origin);
    }

    [Fact]
    public void A_moved_program_takes_the_libraries_beside_it_along()
    {
        Program("home/me/out/bin/prog-1", ["liba.so.1"], runPath: "$ORIGIN/../lib");
        File.CreateSymbolicLink(_folder["home/me/out/bin/prog"], "/home/me/out/bin/prog-1");
        Library("home/me/out/lib/real/liba.so.1.0");
        File.CreateSymbolicLink(_folder["home/me/out/lib/liba.so.1"], "real/liba.so.1.0");
        IReadOnlyList<ImageEntry> entries = Compute(new ClosureProgram("/home/me/out/bin/prog", "/usr/bin/tool"));
        Assert.Equal(["usr", "usr/bin", "usr/bin/tool", "usr/lib", "usr/lib/liba.so.1"], entries.Select(entry => entry.Path));
        Assert.Equal(_folder["home/me/out/lib/real/liba.so.1.0"], entries[^1].Origin);
    }

    [Fact]
    public void The_loader_comes_under_the_path_that_the_program_names_with_its_links()
    {
        _folder.Write("lib/x86_64-linux-gnu/ld-2.so", new Forge(Host) { SoName = "ld-test.so.1" }.Bytes());
        Directory.CreateDirectory(_folder["lib64"]);
        File.CreateSymbolicLink(_folder["lib64/ld-test.so.1"], "/lib/x86_64-linux-gnu/ld-2.so");
        _folder.Write("bin/prog", new Forge(Host) { Interpreter = Loader, Needed = ["ld-test.so.1"] }.Bytes());
        IReadOnlyList<ImageEntry> entries = Compute("/bin/prog");
        Assert.Equal(["bin/prog", "lib/x86_64-linux-gnu/ld-2.so"], FilesOf(entries));
        Assert.Equal("/lib/x86_64-linux-gnu/ld-2.so", entries.Single(entry => entry.Path == "lib64/ld-test.so.1").LinkTarget);
    }

    [Fact]
    public void Libraries_that_need_each_other_come_once()
    {
        Program("bin/prog", ["liba.so.1", "libb.so.1"]);
        Library("usr/lib/liba.so.1", ["libb.so.1"]);
        Library("usr/lib/libb.so.1", ["liba.so.1"]);
        Assert.Equal(["bin/prog", "usr/lib/liba.so.1", "usr/lib/libb.so.1"], Files("/bin/prog"));
    }

    [Fact]
    public void A_static_program_comes_alone()
    {
        Program("bin/prog", []);
        Assert.Equal(["bin", "bin/prog"], Compute("/bin/prog").Select(entry => entry.Path));
    }

    [Fact]
    public void Programs_in_any_order_give_the_same_entries()
    {
        Program("bin/one", ["liba.so.1"]);
        Program("bin/two", ["liba.so.1"], runPath: "/opt");
        Library("usr/lib/liba.so.1");
        Library("opt/liba.so.1");
        string[] forth = [.. Compute(new ClosureProgram("/bin/one"), new ClosureProgram("/bin/two")).Select(entry => entry.Path)];
        string[] back = [.. Compute(new ClosureProgram("/bin/two"), new ClosureProgram("/bin/one"), new ClosureProgram("/bin/two")).Select(entry => entry.Path)];
        Assert.Equal(forth, back);
        Assert.Equal(["bin", "bin/one", "bin/two", "opt", "opt/liba.so.1", "usr", "usr/lib", "usr/lib/liba.so.1"], forth);
    }

    [Fact]
    public void What_is_wrong_with_a_program_is_one_clear_error()
    {
        _folder.Write("bin/text", "hello\n");
        _folder.Write("bin/foreign", new Forge(new ElfTarget(ElfTarget.Arm, ElfClass.Bits32, true)).Bytes());
        Program("bin/lacking", ["libgone-2.0.so.3"]);
        _folder.Write("bin/unstartable", new Forge(Host) { Interpreter = "/lib64/ld-gone.so.1" }.Bytes());
        File.CreateSymbolicLink(_folder["bin/loop"], "loop");
        File.CreateSymbolicLink(_folder["bin/dangling"], "gone");
        Fails(ErrorCodes.ProgramMissing, "/bin/none", "/bin/none");
        Fails(ErrorCodes.ProgramMissing, "/bin/dangling", "/bin/dangling");
        Fails(ErrorCodes.ProgramMissing, "/bin/text/more", "/bin/text/more");
        Fails(ErrorCodes.ProgramLinkLoop, "/bin/loop", "circle");
        Fails(ErrorCodes.ProgramNotExecutable, "/bin/text", "#!");
        Fails(ErrorCodes.ProgramNotExecutable, "/bin", "directory");
        Fails(ErrorCodes.ProgramForeign, "/bin/foreign", "32-bit ARM", "64-bit x86-64");
        Fails(ErrorCodes.LibraryMissing, "/bin/lacking", "libgone-2.0.so.3", "/bin/lacking", "apt-get install libgone-2.0-3");
        Fails(ErrorCodes.InterpreterMissing, "/bin/unstartable", "/lib64/ld-gone.so.1", "/bin/unstartable");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("../prog")]
    [InlineData("a/./b")]
    [InlineData("bin/")]
    public void A_target_that_is_no_path_inside_the_image_is_an_error(string target)
    {
        Program("bin/prog", []);
        MegatuxException e = Assert.Throws<MegatuxException>(() => Compute(new ClosureProgram("/bin/prog", target, "GuestProgram:p")));
        Assert.Equal((ErrorCodes.ProgramTargetInvalid, "GuestProgram:p"), (e.Problem.Code, e.Problem.Subject));
    }

    [Fact]
    public void Two_programs_for_one_path_are_an_error_that_names_both()
    {
        Program("bin/one", []);
        _folder.Write("bin/two", new Forge(Host) { SoName = "other" }.Bytes());
        MegatuxException e = Assert.Throws<MegatuxException>(() => Compute(new ClosureProgram("/bin/one", "sbin/init"), new ClosureProgram("/bin/two", "sbin/init")));
        Assert.Equal(ErrorCodes.ClosureConflict, e.Problem.Code);
        Assert.Contains(_folder["bin/one"], e.Message);
        Assert.Contains(_folder["bin/two"], e.Message);
    }

    [Theory]
    [InlineData("libz.so.1", "libz1")]
    [InlineData("libglib-2.0.so.0", "libglib-2.0-0")]
    [InlineData("libstdc++.so.6", "libstdc++6")]
    [InlineData("libnl-3.so.200", "libnl-3-200")]
    [InlineData("libc.so.6", "libc6")]
    [InlineData("libdb-5.3.so", "libdb5.3")]
    [InlineData("/lib64/ld-linux-x86-64.so.2", "libc6")]
    [InlineData("/lib/ld-musl-x86_64.so.1", "musl")]
    [InlineData("libplain.so", null)]
    public void The_package_of_a_library_is_guessed_by_debians_rule(string soName, string? package) =>
        Assert.Equal(package, new MissingLibrary(soName, "x").LikelyPackage);

    private void Fails(string code, string program, params string[] says)
    {
        MegatuxException e = Assert.Throws<MegatuxException>(() => Compute(new ClosureProgram(program, Subject: "HostProgram:" + program)));
        Assert.Equal((code, "HostProgram:" + program), (e.Problem.Code, e.Problem.Subject));
        Assert.All(says, word => Assert.Contains(word, e.Message));
    }

    private void Program(string path, string[] needed, string? runPath = null, string? rPath = null) =>
        _folder.Write(path, new Forge(Host) { Needed = needed, RunPath = runPath, RPath = rPath }.Bytes());

    private void Library(string path, string[]? needed = null, string? runPath = null, string? rPath = null) =>
        _folder.Write(path, new Forge(Host) { Needed = needed ?? [], RunPath = runPath, RPath = rPath, SoName = Path.GetFileName(path) }.Bytes());

    private IReadOnlyList<ImageEntry> Compute(string program) => Compute(new ClosureProgram(program));

    private IReadOnlyList<ImageEntry> Compute(params ClosureProgram[] programs) =>
        ProgramClosure.Compute(programs, new ClosureOptions { Root = _folder.Path, Machine = Host });

    private string[] Files(string program) => FilesOf(Compute(program));

    private static string[] FilesOf(IEnumerable<ImageEntry> entries) =>
        [.. entries.Where(entry => entry.Kind == EntryKind.File).Select(entry => entry.Path)];
}
