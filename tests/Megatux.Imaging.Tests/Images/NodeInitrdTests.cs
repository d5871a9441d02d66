using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class NodeInitrdTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_are_joined_the_same_whichever_way_and_one_that_was_there_is_replaced()
    {
        (string[] files, byte[] joined) = Parts();
        _folder.Write("initrd", new byte[joined.Length + 1]);
        NodeInitrd.Join(files, _folder["initrd"]);
        Assert.Equal(joined, File.ReadAllBytes(_folder["initrd"]));

        using var output = new MemoryStream();
        Assert.Equal(joined.Length, await NodeInitrd.JoinAsync(files, output, TestContext.Current.CancellationToken));
        Assert.Equal(joined, output.ToArray());
    }

    [Fact]
    public void What_a_node_boots_is_unpacked_without_being_joined_first()
    {
        ImageExtraction.Run(Parts().Files, _folder["out"]);
        Assert.Equal("new", File.ReadAllText(_folder["out/d/a"]));
        Assert.Equal("kept", File.ReadAllText(_folder["out/b"]));
        Assert.Equal(["common", "out", "own"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_file_that_is_not_there_is_named_and_nothing_is_written()
    {
        string[] files = [.. Parts().Files, _folder["gone"]];
        foreach (Action work in (Action[])[() => NodeInitrd.Join(files, _folder["initrd"]), () => ImageExtraction.Run(files, _folder["out"])])
        {
            MegatuxException refused = Assert.Throws<MegatuxException>(work);
            Assert.Equal(ErrorCodes.BootFileMissing, refused.Problem.Code);
            Assert.Contains(_folder["gone"], refused.Message, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(_folder["initrd"]));
        Assert.False(Directory.Exists(_folder["out"]));
    }

    // A part that is not compressed must start at a multiple of 4, wherever the one before it ends.
    private (string[] Files, byte[] Joined) Parts()
    {
        byte[] common = [], own = Sample.Pack(Compression.None, Sample.File("d/a", "new"));
        for (int size = 0; common.Length % 4 == 0; size++)
            common = Sample.Pack(Compression.Default, Sample.Folder("d"), Sample.File("d/a", "old"), Sample.File("b", "kept"), Sample.File("c", Sample.Noise(size)));
        return ([_folder.Write("common", common), _folder.Write("own", own)], Sample.Join(common, own));
    }
}
