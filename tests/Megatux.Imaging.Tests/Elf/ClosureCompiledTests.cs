using Megatux.Model;

namespace Megatux.Imaging.Tests;

/// <summary>Programs that gcc made, run in a root made of their closure alone: what the loader finds there is the measure.</summary>
public sealed class ClosureCompiledTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public ClosureCompiledTests()
    {
        if (Command.Find("gcc") is null)
            Assert.Skip("gcc is not installed");
        _folder.Write("b.c", "int b(void) { return 40; }");
        _folder.Write("a.c", "int b(void); int a(void) { return b() + 2; }");
        _folder.Write("main.c", "#include <stdio.h>\nint a(void); int main(void) { printf(\"%d\\n\", a()); return 0; }");
        Directory.CreateDirectory(_folder["app/lib"]);
        Directory.CreateDirectory(_folder["app/bin"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Libraries_beside_the_program_are_found_by_runpath_wherever_it_is_put()
    {
        Gcc("-shared -fPIC -o app/lib/libb.so.1 b.c -Wl,-soname,libb.so.1");
        Gcc("-shared -fPIC -o app/lib/liba.so.1 a.c app/lib/libb.so.1 -Wl,-soname,liba.so.1 -Wl,--enable-new-dtags,-rpath,$ORIGIN");
        Gcc("-o app/bin/prog main.c app/lib/liba.so.1 -Wl,--allow-shlib-undefined -Wl,--enable-new-dtags,-rpath,$ORIGIN/../lib");
        Runs("opt/tool/bin/prog", "opt/tool/lib/liba.so.1", "opt/tool/lib/libb.so.1");
    }

    [Fact]
    public void Libraries_of_libraries_are_found_by_the_programs_rpath()
    {
        Gcc("-shared -fPIC -o app/lib/libb.so.1 b.c -Wl,-soname,libb.so.1");
        Gcc("-shared -fPIC -o app/lib/liba.so.1 a.c app/lib/libb.so.1 -Wl,-soname,liba.so.1");
        Gcc("-o app/bin/prog main.c app/lib/liba.so.1 -Wl,--allow-shlib-undefined -Wl,--disable-new-dtags,-rpath,$ORIGIN/../lib");
        Runs("srv/bin/prog", "srv/lib/liba.so.1", "srv/lib/libb.so.1");
    }

    [Fact]
    public void A_runpath_that_does_not_reach_a_librarys_library_is_a_missing_library()
    {
        Gcc("-shared -fPIC -o app/lib/libb.so.1 b.c -Wl,-soname,libmtxb.so.1");
        File.Move(_folder["app/lib/libb.so.1"], _folder["app/lib/libmtxb.so.1"]);
        Gcc("-shared -fPIC -o app/lib/liba.so.1 a.c app/lib/libmtxb.so.1 -Wl,-soname,liba.so.1");
        Gcc("-o app/bin/prog main.c app/lib/liba.so.1 -Wl,--allow-shlib-undefined -Wl,--enable-new-dtags,-rpath,$ORIGIN/../lib");
        MegatuxException e = Assert.Throws<MegatuxException>(() => ProgramClosure.Compute([new ClosureProgram(_folder["app/bin/prog"])]));
        Assert.Equal(ErrorCodes.LibraryMissing, e.Problem.Code);
        Assert.Contains("libmtxb.so.1", e.Message);
        Assert.Contains("lib/liba.so.1", e.Message);

        // The loader agrees.
        Assert.NotEqual(0, Command.Run(_folder["app/bin/prog"], []).ExitCode);
    }

    [Fact]
    public void A_static_program_comes_alone_and_runs()
    {
        Gcc("-static -o app/bin/prog main.c a.c b.c");
        Runs("bin/prog");
    }

    private void Gcc(string arguments) => Command.Run("gcc", arguments.Split(' '), _folder.Path).Succeeded();

    private void Runs(string target, params string[] libraries)
    {
        IReadOnlyList<ImageEntry> entries = ProgramClosure.Compute([new ClosureProgram(_folder["app/bin/prog"], target)]);
        Assert.All(libraries, library => Assert.Contains(entries, entry => entry.Path == library));
        Assert.DoesNotContain(entries, entry => entry.Path.StartsWith("tmp/"));
        Directory.CreateDirectory(_folder["root"]);
        Unpack.To(_folder["root"], entries);

        // The loader learns $ORIGIN from /proc. The mount goes with the namespace.
        const string Script = "mkdir \"$0/proc\" && mount --bind /proc \"$0/proc\" && exec chroot \"$0\" \"$1\"";
        Assert.Equal("42\n", Command.Run("unshare", ["--mount", "sh", "-c", Script, _folder["root"], "/" + target]).Succeeded().Output);
    }
}
