namespace Megatux.Imaging.Tests;

/// <summary>The machine's own programs, with what its own loader says as the measure.</summary>
public sealed class ClosureRealProgramsTests
{
    [Fact]
    public void The_closure_of_every_program_of_this_machine_is_what_ldd_lists()
    {
        if (Command.Find("ldd") is null)
            Assert.Skip("ldd (package libc-bin) is not installed");
        string[] programs = [.. new[] { "/usr/bin", "/usr/sbin" }.SelectMany(Directory.EnumerateFiles).Order(StringComparer.Ordinal)
            .Where(path => ElfFile.TryRead(path) is { IsStatic: false, Kind: ElfKind.Shared or ElfKind.Executable })];
        Assert.True(programs.Length > 50);
        string[] always = ["/usr/bin/python3", "/bin/bash", "/usr/sbin/dnsmasq"];
        int compared = 0;
        foreach (string program in always.Where(File.Exists).Concat(programs.Where((_, i) => i % 5 == 0)))
        {
            CommandResult ldd = Command.Run("ldd", [program]);
            if (ldd.ExitCode != 0 || ldd.Output.Contains("not found"))
                continue;
            IEnumerable<string> libraries = ldd.Output.Split('\n').SelectMany(line => line.Split(' ', '\t')).Where(word => word.StartsWith('/'));
            string[] expected = [.. libraries.Append(program).Select(Real).Distinct().Order(StringComparer.Ordinal)];
            string[] found = [.. Files(ProgramClosure.Compute([new ClosureProgram(program)])).Select(Real).Distinct().Order(StringComparer.Ordinal)];
            Assert.True(expected.SequenceEqual(found), $"{program}\nldd:     {string.Join(' ', expected)}\nclosure: {string.Join(' ', found)}");
            compared++;
        }

        Assert.True(compared > 20, $"only {compared} programs compared");
    }

    [Fact]
    public void A_program_and_its_closure_run_in_a_root_that_holds_nothing_else()
    {
        using var folder = new TempFolder();
        IReadOnlyList<ImageEntry> entries = ProgramClosure.Compute([new ClosureProgram("/bin/bash"), new ClosureProgram("/usr/bin/sort", "bin/order")]);
        Unpack.To(folder.Path, entries);
        CommandResult result = Command.Run("chroot", [folder.Path, "/bin/bash", "-c", "echo b a | /bin/order && echo $((6*7)) from $BASH"]);
        Assert.Equal("b a\n42 from /bin/bash\n", result.Succeeded().Output);
    }

    [Fact]
    public void A_link_to_a_program_stays_a_link_beside_it()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["root/usr/bin"]);
        byte[] program = new Forge(ElfTarget.ThisMachine).Bytes();
        folder.Write("root/usr/bin/tool.1.2", program);
        File.CreateSymbolicLink(folder["root/usr/bin/tool"], "tool.1.2");
        Directory.CreateDirectory(folder["root/etc/alternatives"]);
        File.CreateSymbolicLink(folder["root/etc/alternatives/t"], "/usr/bin/tool");
        File.CreateSymbolicLink(folder["root/usr/bin/t"], "/etc/alternatives/t");
        File.SetUnixFileMode(folder["root/usr/bin/tool.1.2"], (UnixFileMode)0b100_111_101_001);
        IReadOnlyList<ImageEntry> entries = ProgramClosure.Compute([new ClosureProgram("/usr/bin/t")], new ClosureOptions { Root = folder["root"] });
        Assert.Equal(["etc", "etc/alternatives", "etc/alternatives/t", "usr", "usr/bin", "usr/bin/t", "usr/bin/tool", "usr/bin/tool.1.2"],
            entries.Select(entry => entry.Path));
        Assert.Equal("/etc/alternatives/t", entries.Single(entry => entry.Path == "usr/bin/t").LinkTarget);
        Assert.Equal("tool.1.2", entries.Single(entry => entry.Path == "usr/bin/tool").LinkTarget);
        ImageEntry file = entries.Single(entry => entry.Kind == EntryKind.File);
        Assert.Equal(0b100_111_101_001, file.Mode);
        Assert.Equal((0u, 0u), (file.Uid, file.Gid));
        Assert.All(entries.Where(entry => entry.Kind == EntryKind.Directory), entry => Assert.True(entry is { Implicit: true, Mode: 0b111_101_101 }));
    }

    private static IEnumerable<string> Files(IEnumerable<ImageEntry> entries) =>
        entries.Where(entry => entry.Kind == EntryKind.File).Select(entry => ((FileContent)entry.Content!).Path);

    /// <summary>The machine's folders may be links (merged /usr), so files are compared by where they really lie.</summary>
    private static string Real(string path)
    {
        ResolvedPath real = ImagePath.Resolve(new FolderView("/"), path, followLast: true);
        return "/" + real.Path;
    }
}
