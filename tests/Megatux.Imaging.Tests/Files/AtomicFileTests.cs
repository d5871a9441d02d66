using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_appears_whole_with_its_mode_whatever_the_umask()
    {
        AtomicFile.Write(_folder["sub/new/file"], stream => stream.Write("text"u8));
        Assert.Equal("text", File.ReadAllText(_folder["sub/new/file"]));
        Assert.Equal(Convert.ToInt32("644", 8), FileStatus.Read(_folder["sub/new/file"]).Mode);
        using (AtomicFile staged = AtomicFile.Stage(_folder["program"], stream => stream.Write("#!"u8), executable: true))
        {
            Assert.False(File.Exists(_folder["program"]));
            staged.Commit();
        }

        Assert.Equal(Convert.ToInt32("755", 8), FileStatus.Read(_folder["program"]).Mode);
        Assert.Equal(["program", "sub"], Names());
    }

    [Fact]
    public void What_is_written_aside_is_whole_when_it_takes_its_place()
    {
        using var start = new ManualResetEventSlim();
        using AtomicFile staged = AtomicFile.Stage(_folder["file"], stream =>
        {
            Assert.True(start.Wait(TimeSpan.FromMinutes(1)));
            stream.Write("text"u8);
        }, aside: true);
        start.Set();
        staged.Commit();
        Assert.Equal("text", File.ReadAllText(_folder["file"]));
        Assert.Equal(Convert.ToInt32("644", 8), FileStatus.Read(_folder["file"]).Mode);
        Assert.Equal(["file"], Names());
    }

    [Fact]
    public void What_fails_aside_fails_before_it_takes_its_place()
    {
        _folder.Write("file", "old");
        using (AtomicFile staged = AtomicFile.Stage(_folder["file"], _ => throw new InvalidOperationException(), aside: true))
            Assert.Throws<InvalidOperationException>(staged.Commit);
        using (AtomicFile.Stage(_folder["file"], _ => throw new InvalidOperationException(), aside: true))
        {
            // Not committed, so nobody asks what became of it.
        }

        Assert.Equal("old", File.ReadAllText(_folder["file"]));
        Assert.Equal(["file"], Names());
    }

    [Fact]
    public void A_failure_leaves_the_old_file_and_nothing_else()
    {
        _folder.Write("file", "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(_folder["file"], stream =>
        {
            stream.Write(new byte[1 << 20]);
            throw new InvalidOperationException();
        }));
        using (AtomicFile.Stage(_folder["file"], stream => stream.Write("never committed"u8)))
            Assert.Equal(2, Names().Length);
        Assert.Equal("old", File.ReadAllText(_folder["file"]));
        Assert.Equal(["file"], Names());
    }

    [Fact]
    public void What_holds_the_same_is_not_touched()
    {
        Assert.True(AtomicFile.WriteIfChanged(_folder["file"], "one"u8.ToArray()));
        FileStatus before = FileStatus.Read(_folder["file"]);
        Assert.False(AtomicFile.WriteIfChanged(_folder["file"], "one"u8.ToArray()));
        Assert.Equal(before, FileStatus.Read(_folder["file"]));
        Assert.True(AtomicFile.WriteIfChanged(_folder["file"], "two"u8.ToArray()));
    }

    [Fact]
    public void Leftovers_of_killed_builds_are_removed_and_nothing_else()
    {
        _folder.Write(".megatux-tmp-file", "half");
        _folder.Write(".megatux", "mine");
        _folder.Write("sub/.megatux-tmp-file", "another's");
        AtomicFile.RemoveLeftovers(_folder.Path);
        AtomicFile.RemoveLeftovers(_folder["absent"]);
        Assert.Equal([".megatux", "sub"], Names());
        Assert.True(File.Exists(_folder["sub/.megatux-tmp-file"]));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_an_error_that_names_it()
    {
        Directory.CreateDirectory(_folder["directory/in use"]);
        _folder.Write("file", "");
        foreach (string path in (string[])[_folder["directory"], _folder["file/below"], "/proc/megatux"])
        {
            MegatuxException error = Assert.Throws<MegatuxException>(() => AtomicFile.Write(path, stream => stream.Write("x"u8)));
            Assert.Equal(ErrorCodes.OutputUnwritable, error.Problem.Code);
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["directory", "file"], Names());
    }

    private string[] Names() => [.. Directory.GetFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
