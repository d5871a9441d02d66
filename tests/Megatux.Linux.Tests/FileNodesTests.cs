namespace Megatux.Linux.Tests;

public sealed class FileNodesTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(FileKind.Fifo, 0, 0)]
    [InlineData(FileKind.Socket, 0, 0)]
    [InlineData(FileKind.CharacterDevice, 1, 3)]
    [InlineData(FileKind.CharacterDevice, 4095, 1_048_575)]
    [InlineData(FileKind.BlockDevice, 259, 300)]
    public void A_node_is_made_with_its_numbers_and_for_its_owner_alone(FileKind kind, uint major, uint minor)
    {
        Assert.SkipUnless(major == 0 || Environment.IsPrivilegedProcess, "only root can make device nodes");
        FileNodes.Make(folder["ü"], kind, major, minor);
        FileStatus status = FileStatus.Read(folder["ü"]);
        Assert.Equal((kind, major, minor, 0), (status.Kind, status.RdevMajor, status.RdevMinor, status.Mode & 0x3F));
        Assert.Throws<IOException>(() => FileNodes.Make(folder["ü"], FileKind.Fifo));
        Assert.Throws<ArgumentOutOfRangeException>(() => FileNodes.Make(folder["x"], FileKind.Directory));
    }

    [Fact]
    public void A_file_gets_another_name_and_a_link_is_not_followed()
    {
        folder.Write("file", "text");
        File.CreateSymbolicLink(folder["link"], "file");
        FileNodes.Link(folder["file"], folder["other"]);
        FileNodes.Link(folder["link"], folder["other link"]);
        Assert.Equal(FileStatus.Read(folder["file"]).Inode, FileStatus.Read(folder["other"]).Inode);
        Assert.Equal((FileKind.SymbolicLink, 2u), (FileStatus.Read(folder["other link"]).Kind, FileStatus.Read(folder["other link"]).Nlink));
        IOException error = Assert.Throws<IOException>(() => FileNodes.Link(folder["file"], folder["other"]));
        Assert.Contains(folder["other"], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_owner_is_changed_and_of_a_link_its_own()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give files away");
        folder.Write("file", "text");
        File.CreateSymbolicLink(folder["link"], "file");
        FileNodes.ChangeOwner(folder["link"], 4_000_000_000, 7);
        Assert.Equal((4_000_000_000u, 7u), (FileStatus.Read(folder["link"]).Uid, FileStatus.Read(folder["link"]).Gid));
        Assert.Equal(0u, FileStatus.Read(folder["file"]).Uid);
        Assert.Throws<IOException>(() => FileNodes.ChangeOwner(folder["absent"], 0, 0));
    }
}
