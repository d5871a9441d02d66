namespace Megatux.Linux.Tests;

public sealed class FileNodesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(FileKind.Fifo, 0, 0)]
    [InlineData(FileKind.Socket, 0, 0)]
    [InlineData(FileKind.CharacterDevice, 1, 3)]
    [InlineData(FileKind.CharacterDevice, 4095, 1_048_575)]
    [InlineData(FileKind.BlockDevice, 259, 300)]
    public void A_node_is_made_with_its_numbers_and_for_its_owner_alone(FileKind kind, uint major, uint minor)
    {
        Assert.SkipUnless(major == 0 || Environment.IsPrivilegedProcess, "only root can make device nodes");
        FileNodes.Make(_folder["ü"], kind, major, minor);
        FileStatus status = FileStatus.Read(_folder["ü"]);
        Assert.Equal((kind, major, minor, 0), (status.Kind, status.RdevMajor, status.RdevMinor, status.Mode & 0x3F));
        Assert.Throws<IOException>(() => FileNodes.Make(_folder["ü"], FileKind.Fifo));
        Assert.Throws<ArgumentOutOfRangeException>(() => FileNodes.Make(_folder["x"], FileKind.Directory));
    }

    [Fact]
    public void A_file_gets_another_name_and_a_link_is_not_followed()
    {
        _folder.Write("file", "text");
        File.CreateSymbolicLink(_folder["link"], "file");
        FileNodes.Link(_folder["file"], _folder["other"]);
        FileNodes.Link(_folder["link"], _folder["other link"]);
        Assert.Equal(FileStatus.Read(_folder["file"]).Inode, FileStatus.Read(_folder["other"]).Inode);
        Assert.Equal((FileKind.SymbolicLink, 2u), (FileStatus.Read(_folder["other link"]).Kind, FileStatus.Read(_folder["other link"]).Nlink));
        IOException error = Assert.Throws<IOException>(() => FileNodes.Link(_folder["file"], _folder["other"]));
        Assert.Contains(_folder["other"], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_owner_is_changed_and_of_a_link_its_own()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give files away");
        _folder.Write("file", "text");
        File.CreateSymbolicLink(_folder["link"], "file");
        FileNodes.ChangeOwner(_folder["link"], 4_000_000_000, 7);
        Assert.Equal((4_000_000_000u, 7u), (FileStatus.Read(_folder["link"]).Uid, FileStatus.Read(_folder["link"]).Gid));
        Assert.Equal(0u, FileStatus.Read(_folder["file"]).Uid);
        Assert.Throws<IOException>(() => FileNodes.ChangeOwner(_folder["absent"], 0, 0));
    }
}
