using Nuke.Common.IO;
using Nuke.Common.Tooling;

namespace Megatux.Build.Tests;

public sealed class PathTests
{
    [Fact]
    public void Paths_are_joined_and_normalized()
    {
        AbsolutePath path = "/a/b/";
        Assert.Equal("/a/b/c/d.txt", path / "c" / "d.txt");
        Assert.Equal("/a/c", path / ".." / "c");
        Assert.Equal(path, (path / "c").Parent);
        Assert.Equal("d.tar", (path / "d.tar.gz").NameWithoutExtension);
        Assert.Throws<ArgumentException>(() => (AbsolutePath)"a/b");
    }

    [Fact]
    public void Patterns_find_files_and_folders_in_order()
    {
        using var folder = new TempFolder();
        folder.Write("x/b/b.megatux", "");
        folder.Write("x/a/a.megatux", "");
        folder.Write("x/a/obj/c.megatux", "");
        AbsolutePath root = folder.Path;
        Assert.Equal(["a.megatux", "b.megatux"], root.GlobFiles("x/*/*.megatux").Select(file => file.Name));
        Assert.Equal([root / "x" / "a" / "obj"], root.GlobDirectories("x/*/obj", "x/*/bin"));
        (root / "x").DeleteDirectory();
        (root / "x").DeleteDirectory();
        Assert.Empty(root.GetDirectories());
    }

    [Fact]
    public void A_text_is_written_with_its_parents_and_a_line_break()
    {
        using var folder = new TempFolder();
        AbsolutePath file = (AbsolutePath)folder.Path / "deep" / "down.txt";
        file.WriteAllText("text");
        Assert.True(file.FileExists());
        Assert.Equal("text\n", file.ReadAllText());
    }

    [Fact]
    public void A_program_that_fails_is_an_error_that_names_it()
    {
        List<string> lines = [];
        IProcess process = ProcessTasks.StartProcess("sh", "-c \"cat; echo out; echo err >&2; exit 3\"", logger: (type, line) =>
        {
            lock (lines)
                lines.Add($"{type} {line}");
        });
        var problem = Assert.Throws<ProcessException>(() => process.AssertZeroExitCode());
        Assert.Contains("exit code 3", problem.Message, StringComparison.Ordinal);
        Assert.Equal(["Err err", "Std out"], lines.Order());
    }
}
