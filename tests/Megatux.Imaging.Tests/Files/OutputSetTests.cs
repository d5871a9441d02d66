using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class OutputSetTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Outputs_take_their_places_together_and_not_before()
    {
        using (var outputs = new OutputSet(_folder["state"]))
        {
            Assert.True(outputs.Add(_folder["bin/a"], "1", stream => stream.Write("a"u8)));
            Assert.True(outputs.Add(_folder["bin/b"], "b"u8.ToArray()));
            Assert.False(File.Exists(_folder["bin/a"]));
            outputs.Commit();
            Assert.Equal([_folder["bin/a"], _folder["bin/b"]], outputs.Paths.Order());
        }

        Assert.Equal(("a", "b"), (File.ReadAllText(_folder["bin/a"]), File.ReadAllText(_folder["bin/b"])));
        Assert.Equal(["a", "b"], Names("bin"));
    }

    [Fact]
    public void A_failure_leaves_every_old_output()
    {
        Build("1", "a", "b");
        using (var outputs = new OutputSet(_folder["state"]))
        {
            outputs.Add(_folder["bin/a"], "2", stream => stream.Write("new"u8));
            Assert.Throws<InvalidOperationException>(() => outputs.Add(_folder["bin/b"], "2", _ => throw new InvalidOperationException()));
        }

        Assert.Equal(("a", "b"), (File.ReadAllText(_folder["bin/a"]), File.ReadAllText(_folder["bin/b"])));
        Assert.Equal(["a", "b"], Names("bin"));
    }

    [Fact]
    public void A_failure_aside_leaves_every_old_output()
    {
        Build("1", "a", "b");
        using (var outputs = new OutputSet(_folder["state"]))
        {
            outputs.Add(_folder["bin/a"], "2", stream => stream.Write("new"u8));
            outputs.Add(_folder["bin/b"], "2", _ => throw new InvalidOperationException(), aside: true);
            Assert.Throws<InvalidOperationException>(outputs.Commit);
        }

        Assert.Equal(("a", "b"), (File.ReadAllText(_folder["bin/a"]), File.ReadAllText(_folder["bin/b"])));
        Assert.Equal(["a", "b"], Names("bin"));
    }

    [Fact]
    public void What_was_made_from_the_same_things_is_not_written_again()
    {
        Build("1", "a", "b");
        FileStatus before = FileStatus.Read(_folder["bin/a"]);
        using (var outputs = new OutputSet(_folder["state"]))
        {
            Assert.False(outputs.Add(_folder["bin/a"], "1", _ => Assert.Fail("written again")));
            Assert.False(outputs.Add(_folder["bin/b"], "1", _ => Assert.Fail("written again")));
            outputs.Commit();
        }

        Assert.Equal(before, FileStatus.Read(_folder["bin/a"]));
    }

    [Theory]
    [InlineData("touch bin/a")]
    [InlineData("chmod 600 bin/a")]
    [InlineData("rm bin/a")]
    [InlineData("truncate -s 0 bin/a")]
    [InlineData("cp -p bin/b bin/a")]
    [InlineData("rm -r state/receipts")]
    public void An_output_that_somebody_touched_is_written_again(string harm)
    {
        Build("1", "a", "b");
        Command.Run("sh", ["-c", harm], _folder.Path).Succeeded();
        Build("1", "a", "b");
        Assert.Equal("a", File.ReadAllText(_folder["bin/a"]));
        Assert.Equal(Convert.ToInt32("644", 8), FileStatus.Read(_folder["bin/a"]).Mode);
    }

    [Fact]
    public void Outputs_that_a_build_does_not_have_any_more_are_removed()
    {
        Build("1", "a", "b");
        _folder.Write("bin/mine", "mine");
        Build("1", "a");
        Assert.Equal(["a", "mine"], Names("bin"));
        Assert.Equal([_folder["bin/a"]], OutputSet.ReadList(_folder["state"]));
        Assert.Single(Directory.GetFiles(_folder["state/receipts"]));
    }

    [Fact]
    public void Two_outputs_of_one_path_are_an_error()
    {
        using var outputs = new OutputSet(_folder["state"]);
        outputs.Add(_folder["bin/a"], "1", stream => stream.Write("a"u8));
        MegatuxException error = Assert.Throws<MegatuxException>(() => outputs.Add(_folder["bin/a"], "b"u8.ToArray()));
        Assert.Equal(ErrorCodes.OutputTwice, error.Problem.Code);
    }

    [Fact]
    public void Leftovers_of_a_killed_build_are_removed()
    {
        _folder.Write("bin/.megatux-tmp-old", "half");
        Build("1", "a");
        Assert.Equal(["a"], Names("bin"));
    }

    private void Build(string key, params string[] names)
    {
        using var outputs = new OutputSet(_folder["state"]);
        foreach (string name in names)
            outputs.Add(_folder["bin/" + name], key, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(name)));
        outputs.Commit();
    }

    private string[] Names(string path) => [.. Directory.GetFileSystemEntries(_folder[path]).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];
}
