using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class ElfFileTests
{
    [Fact]
    public void A_text_file_an_empty_file_and_a_device_are_no_elf_files()
    {
        using var folder = new TempFolder();
        Assert.Null(ElfFile.TryRead(folder.Write("text", "#!/bin/sh\n")));
        Assert.Null(ElfFile.TryRead(folder.Write("empty", "")));
        Assert.Null(ElfFile.TryRead("/dev/zero"));
        Assert.Null(ElfFile.TryRead(folder.Path));
        Command.Run("mkfifo", [folder["pipe"]]).Succeeded();
        Assert.Null(ElfFile.TryRead(folder["pipe"]));
        Assert.Throws<FileNotFoundException>(() => ElfFile.TryRead(folder["none"]));
    }

    [Fact]
    public void A_forged_program_reads_as_it_was_written()
    {
        foreach ((ElfClass width, bool little) in new[] { (ElfClass.Bits32, true), (ElfClass.Bits32, false), (ElfClass.Bits64, true), (ElfClass.Bits64, false) })
        {
            var target = new ElfTarget(4242, width, little);
            ElfFile file = Forge.Read(new Forge(target)
            {
                Interpreter = "/lib/ld.so.1",
                Needed = ["libone.so.1", "libtwo.so"],
                SoName = "me.so",
                RPath = "/a:/b",
                RunPath = "$ORIGIN",
            });
            Assert.Equal(target, file.Target);
            Assert.Equal(ElfKind.Shared, file.Kind);
            Assert.Equal("/lib/ld.so.1", file.Interpreter);
            Assert.Equal(["libone.so.1", "libtwo.so"], file.Needed);
            Assert.Equal("me.so", file.SoName);
            Assert.Equal("/a:/b", file.RPath);
            Assert.Equal("$ORIGIN", file.RunPath);
            Assert.False(file.IsStatic);
        }
    }

    [Fact]
    public void Static_busybox_is_static_and_bash_is_not()
    {
        Assert.True(ElfFile.TryRead(Command.Find("busybox")!)!.IsStatic);
        ElfFile bash = ElfFile.TryRead("/bin/bash")!;
        Assert.False(bash.IsStatic);
        Assert.Equal(ElfTarget.ThisMachine, bash.Target);
        Assert.Contains("libc.so.6", bash.Needed);
        Assert.Contains(bash.VersionNeeds, need => need.Library == "libc.so.6" && need.Versions.Contains("GLIBC_2.4"));
    }

    [Fact]
    public void What_is_read_of_real_files_is_what_readelf_says()
    {
        if (Command.Find("readelf") is null)
            Assert.Skip("readelf (package binutils) is not installed");
        string[] files = [.. Directory.EnumerateFiles("/usr/bin").Concat(Directory.EnumerateFiles("/usr/lib/x86_64-linux-gnu"))
            .Where(path => new FileInfo(path).LinkTarget is null).Order(StringComparer.Ordinal).Where((_, i) => i % 7 == 0).Take(120)];
        int compared = 0;
        foreach (string path in files)
        {
            if (ElfFile.TryRead(path) is not { Kind: ElfKind.Executable or ElfKind.Shared } file)
                continue;
            string[] lines = Command.Run("readelf", ["-dlW", path]).Output.Split('\n');
            Assert.Equal(Bracketed(lines, "(NEEDED)"), file.Needed);
            Assert.Equal(Bracketed(lines, "(SONAME)").SingleOrDefault(), file.SoName);
            Assert.Equal(Bracketed(lines, "(RUNPATH)").SingleOrDefault(), file.RunPath);
            Assert.Equal(Bracketed(lines, "(RPATH)").SingleOrDefault(), file.RPath);
            string? loader = lines.FirstOrDefault(line => line.Contains("Requesting program interpreter: "));
            Assert.Equal(loader?.Split(": ")[1].TrimEnd(']'), file.Interpreter);
            compared++;
        }

        Assert.True(compared > 10, $"only {compared} of {files.Length} files were ELF files");
    }

    [Fact]
    public void No_file_of_this_machine_is_taken_for_damaged()
    {
        int read = 0;
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (string path in new[] { "/usr/lib", "/usr/libexec", "/usr/sbin" }.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", everything)).Take(20_000))
            read += ElfFile.TryRead(path) is null ? 0 : 1;
        Assert.True(read > 100, $"only {read} ELF files read");
    }

    [Fact]
    public void Symbol_versions_of_the_c_library_include_the_oldest_and_its_own()
    {
        ElfFile libc = ElfFile.TryRead("/lib/x86_64-linux-gnu/libc.so.6")!;
        Assert.Contains("GLIBC_2.2.5", libc.VersionDefinitions);
        Assert.Contains("GLIBC_PRIVATE", libc.VersionDefinitions);
        Assert.True(libc.VersionDefinitions.Count > 20);
    }

    [Theory]
    [InlineData(4, 7, "class")]
    [InlineData(5, 9, "byte order")]
    [InlineData(6, 0, "version")]
    [InlineData(54, 1, "program header has")]
    [InlineData(56, 200, "program header table")]
    public void A_damaged_header_is_an_error_that_says_what_and_where(int offset, byte value, string says)
    {
        byte[] bytes = new Forge(ElfTarget.ThisMachine) { Needed = ["libx.so"] }.Bytes();
        bytes[offset] = value;
        MegatuxException e = Assert.Throws<MegatuxException>(() => ElfFile.Read(new MemoryStream(bytes), "thing"));
        Assert.Equal(ErrorCodes.ElfMalformed, e.Problem.Code);
        Assert.Contains(says, e.Message);
        Assert.Contains("offset 0x", e.Message);
        Assert.StartsWith("thing: ", e.Message);
    }

    [Fact]
    public void A_file_cut_anywhere_is_read_or_refused_but_never_breaks()
    {
        byte[] whole = new Forge(ElfTarget.ThisMachine) { Interpreter = "/lib/ld.so", Needed = ["liba.so"] }.Bytes();
        for (int length = 4; length < whole.Length; length++)
            Tolerates(whole[..length]);
    }

    [Fact]
    public void Mutated_files_only_ever_give_an_error_of_ours()
    {
        var random = new Random(25);
        byte[][] seeds =
        [
            new Forge(ElfTarget.ThisMachine) { Interpreter = "/lib/ld.so", Needed = ["liba.so", "libb.so"], RunPath = "$ORIGIN/../lib" }.Bytes(),
            new Forge(new ElfTarget(8, ElfClass.Bits32, false)) { Needed = ["liba.so"], RPath = "/x" }.Bytes(),
            File.ReadAllBytes("/bin/true"),
            File.ReadAllBytes("/lib/x86_64-linux-gnu/libm.so.6"),
        ];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 20_000; round++)
        {
            byte[] seed = seeds[round % seeds.Length];
            byte[] bytes = seed.Length > 65536 ? seed : (byte[])seed.Clone();

            // Big files are mutated in place and mended after, or copying them would be all that this test does.
            var undo = new List<(int At, byte Was)>();
            for (int i = random.Next(1, 12); i > 0; i--)
            {
                int at = random.Next(4) == 0 ? random.Next(4, bytes.Length) : random.Next(4, Math.Min(bytes.Length, 1200));
                undo.Add((at, bytes[at]));
                bytes[at] = random.Next(3) == 0 ? (byte)0xff : (byte)random.Next(256);
            }

            Tolerates(bytes);
            for (int i = undo.Count - 1; i >= 0; i--)
                bytes[undo[i].At] = undo[i].Was;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 20_000L * 400_000, $"{allocated} bytes allocated");
    }

    private static void Tolerates(byte[] bytes)
    {
        try
        {
            ElfFile.Read(new MemoryStream(bytes));
        }
        catch (MegatuxException e)
        {
            Assert.Equal(ErrorCodes.ElfMalformed, e.Problem.Code);
        }
    }

    private static string[] Bracketed(string[] lines, string tag) =>
        [.. lines.Where(line => line.Contains(tag)).Select(line => line[(line.IndexOf('[') + 1)..line.LastIndexOf(']')])];
}
