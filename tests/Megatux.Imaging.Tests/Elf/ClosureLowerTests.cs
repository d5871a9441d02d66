using Megatux.Model;

namespace Megatux.Imaging.Tests;

/// <summary>How a closure fits itself onto the image below.</summary>
public sealed class ClosureLowerTests : IDisposable
{
    private static readonly ElfTarget Host = new(ElfTarget.X64, ElfClass.Bits64, true);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Paths_follow_the_links_of_the_base_and_its_directories_are_left_alone()
    {
        Program("bin/prog", new Forge(Host) { Interpreter = "/lib64/ld.so.1", Needed = ["liba.so.1"] });
        Program("lib64/ld.so.1", new Forge(Host) { SoName = "ld.so.1" });
        Program("lib/liba.so.1", new Forge(Host) { SoName = "liba.so.1" });
        var lower = new EntriesView([
            Below.Folder("usr"), Below.Folder("usr/bin"), Below.Link("bin", "usr/bin"),
            Below.Folder("usr/lib"), Below.Link("lib", "/usr/lib"), Below.Link("lib64", "usr/lib64"),
        ]);
        Assert.Equal("usr/bin/prog usr/lib/liba.so.1 usr/lib64 usr/lib64/ld.so.1", Paths(lower, "/bin/prog"));
    }

    [Fact]
    public void A_library_of_the_base_is_kept_wherever_its_loader_finds_it()
    {
        Program("bin/prog", new Forge(Host) { Needed = ["liba.so.1", "libb.so.1"], Wants = [("liba.so.1", "A_1")] });
        Program("lib/liba.so.1", new Forge(Host) { SoName = "liba.so.1", Offers = ["A_1"] });
        Program("lib/libb.so.1", new Forge(Host) { SoName = "libb.so.1", Needed = ["liba.so.1"] });
        var lower = new EntriesView([
            Below.Folder("usr"), Below.Folder("usr/lib64"), Below.Link("usr/lib64/liba.so.1", "liba.so.1.9"),
            Below.File("usr/lib64/liba.so.1.9", new Forge(Host) { SoName = "liba.so.1", Offers = ["A_1", "A_9"] }.Bytes()),
        ]);
        Assert.Equal("bin bin/prog lib lib/libb.so.1", Paths(lower, "/bin/prog"));
    }

    [Fact]
    public void A_library_of_the_base_that_is_too_old_is_an_error_that_names_both()
    {
        Program("bin/prog", new Forge(Host) { Needed = ["libc.so.6"], Wants = [("libc.so.6", "GLIBC_2.4"), ("libc.so.6", "GLIBC_2.38")] });
        Program("lib/libc.so.6", new Forge(Host) { SoName = "libc.so.6", Offers = ["GLIBC_2.4", "GLIBC_2.38"] });
        var lower = new EntriesView([
            Below.Folder("lib"), Below.File("lib/libc.so.6", new Forge(Host) { SoName = "libc.so.6", Offers = ["GLIBC_2.4", "GLIBC_2.36"] }.Bytes()),
        ]);
        MegatuxException e = Fails(ErrorCodes.LibraryVersionMismatch, lower, "/bin/prog");
        Assert.Contains("/bin/prog needs GLIBC_2.38 of libc.so.6", e.Message);
        Assert.Contains("/lib/libc.so.6 (which goes up to GLIBC_2.36)", e.Message);
        Assert.DoesNotContain("GLIBC_2.4,", e.Message);
    }

    [Fact]
    public void A_program_newer_than_this_machines_own_library_is_an_error_too()
    {
        Program("bin/prog", new Forge(Host) { Needed = ["libc.so.6"], Wants = [("libc.so.6", "GLIBC_9.9")] });
        Program("lib/libc.so.6", new Forge(Host) { SoName = "libc.so.6", Offers = ["GLIBC_2.4"] });
        Assert.Contains("this machine has /lib/libc.so.6", Fails(ErrorCodes.LibraryVersionMismatch, EmptyImageView.Instance, "/bin/prog").Message);
    }

    [Fact]
    public void Parts_of_two_releases_of_the_c_library_are_not_mixed()
    {
        Program("bin/prog", new Forge(Host) { Needed = ["libm.so.6"] });
        Program("lib/libm.so.6", new Forge(Host) { SoName = "libm.so.6", Needed = ["libc.so.6"], Wants = [("libc.so.6", "GLIBC_PRIVATE")] });
        Program("lib/libc.so.6", new Forge(Host) { SoName = "libc.so.6", Offers = ["GLIBC_2.36", "GLIBC_PRIVATE"] });
        EntriesView Lower(string release) => new([
            Below.Folder("lib"), Below.File("lib/libc.so.6", new Forge(Host) { SoName = "libc.so.6", Offers = [release, "GLIBC_PRIVATE", "GLIBC_2.9"] }.Bytes()),
        ]);
        Assert.Equal("bin bin/prog lib/libm.so.6", Paths(Lower("GLIBC_2.36"), "/bin/prog"));
        Assert.Contains("GLIBC_2.40", Fails(ErrorCodes.LibraryVersionMismatch, Lower("GLIBC_2.40"), "/bin/prog").Message);
    }

    [Fact]
    public void A_different_file_of_the_base_is_never_overwritten_by_a_library_but_may_be_by_a_program()
    {
        Program("bin/prog", new Forge(Host) { Needed = ["liba.so.1"] });
        Program("lib/liba.so.1", new Forge(Host) { SoName = "liba.so.1" });
        byte[] foreign = new Forge(new ElfTarget(ElfTarget.Arm, ElfClass.Bits32, true)).Bytes();
        MegatuxException e = Fails(ErrorCodes.ClosureConflict, new EntriesView([Below.Folder("lib"), Below.File("lib/liba.so.1", foreign)]), "/bin/prog");
        Assert.Contains("base:lib/liba.so.1", e.Message);
        Assert.Contains(_folder["lib/liba.so.1"], e.Message);
        Assert.Equal("bin/prog lib lib/liba.so.1", Paths(new EntriesView([Below.Folder("bin"), Below.Link("bin/prog", "busybox")]), "/bin/prog"));
    }

    [Fact]
    public void A_place_that_is_a_directory_or_below_a_file_or_in_a_circle_is_an_error()
    {
        Program("bin/prog", new Forge(Host));
        Fails(ErrorCodes.ClosureConflict, new EntriesView([Below.Folder("bin"), Below.Folder("bin/prog")]), "/bin/prog");
        Fails(ErrorCodes.ProgramTargetInvalid, new EntriesView([Below.File("bin", [1])]), "/bin/prog");
        Fails(ErrorCodes.ProgramTargetInvalid, new EntriesView([Below.Link("bin", "sbin"), Below.Link("sbin", "bin")]), "/bin/prog");
    }

    [Fact]
    public void A_package_is_told_what_it_lacks_and_gets_what_this_machine_has()
    {
        Program("usr/lib/libhere.so.1", new Forge(Host) { SoName = "libhere.so.1", Needed = ["libdeep.so.2"] });
        var lower = new EntriesView([Below.Folder("lib"), Below.File("lib/libbase.so.1", new Forge(Host).Bytes())]);
        ImageEntry[] package =
        [
            Below.Folder("usr"), Below.Folder("usr/bin"), Below.Folder("usr/lib"),
            Below.File("usr/bin/tool", new Forge(Host) { Needed = ["libbase.so.1", "libown.so.1", "libhere.so.1", "libgone.so.3"] }.Bytes()),
            Below.Link("usr/lib/libown.so.1", "libown.so.1.0"), Below.File("usr/lib/libown.so.1.0", new Forge(Host).Bytes()),
            Below.File("usr/lib/tool/plugin.so", new Forge(Host) { Needed = ["libprivate.so"] }.Bytes()),
            Below.File("usr/lib/tool/private/libprivate.so", new Forge(Host).Bytes()),
            Below.File("usr/lib/tool/foreign.so", new Forge(new ElfTarget(2, ElfClass.Bits32, false)) { Needed = ["libforeign.so"] }.Bytes()),
            Below.File("usr/bin/script", "#!/bin/sh\n"u8.ToArray()),
        ];
        ClosureCheckResult result = ClosureCheck.Missing(package, lower, new ClosureOptions { Root = _folder.Path, Machine = Host });
        Assert.Equal(["usr/lib/libhere.so.1"], result.Added.Select(entry => entry.Path));
        Assert.Equal([new MissingLibrary("libdeep.so.2", "/usr/lib/libhere.so.1"), new MissingLibrary("libgone.so.3", "/usr/bin/tool")], result.Missing);
        Assert.Equal("libgone3", result.Missing[1].LikelyPackage);
    }

    private void Program(string path, Forge forge) => _folder.Write(path, forge.Bytes());

    private string Paths(IImageView lower, string program) => string.Join(' ', Compute(lower, program).Select(entry => entry.Path));

    private IReadOnlyList<ImageEntry> Compute(IImageView lower, string program) =>
        ProgramClosure.Compute([new ClosureProgram(program)], new ClosureOptions { Root = _folder.Path, Lower = lower, Machine = Host });

    private MegatuxException Fails(string code, IImageView lower, string program)
    {
        MegatuxException e = Assert.Throws<MegatuxException>(() => Compute(lower, program));
        Assert.Equal(code, e.Problem.Code);
        return e;
    }
}
