using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class FolderSourceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_in_a_folder_comes_with_its_mode_and_owner()
    {
        _folder.Write("root/etc/text", "text");
        string root = _folder["root"];
        foreach (string command in (string[])["ln etc/text another", "ln -s /no/where link", "ln -s etc out", "mkfifo -m 600 fifo", "chmod 4711 etc/text", "chmod 700 etc"])
            Command.Run(command, root).Succeeded();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can make device nodes and give files away");
        Command.Run("mknod -m 666 null c 1 3", root).Succeeded();
        Command.Run("chown 4000000000:7 etc/text", root).Succeeded();

        Assert.Equal(
            """
            another File 4711 4000000000:7 4 bytes 982D9E3EB996F559
            etc Directory 700 0:0
            etc/text File 4711 4000000000:7 = another
            fifo Fifo 600 0:0
            link SymbolicLink 777 0:0 -> /no/where
            null CharacterDevice 666 0:0 1,3
            out SymbolicLink 777 0:0 -> etc
            """.Replace("4711 4000000000", Mode("etc/text") + " 4000000000", StringComparison.Ordinal),
            EntryText.Describe(Read(root)));
    }

    [Fact]
    public void Names_are_visited_in_ordinal_order_and_folders_before_their_contents()
    {
        foreach (string path in (string[])["b/z", "b/a", "a", "B", "ü", "b.c", ".x/y"])
            _folder.Write("root/" + path, "");
        var visited = new List<string>();
        FolderScan.Walk(_folder["root"] + "/", (string path, in FileStatus status) => visited.Add(status.Kind == FileKind.Directory ? path + "/" : path),
            null, CancellationToken.None);
        Assert.Equal([".x/", ".x/y", "B", "a", "b/", "b/a", "b/z", "b.c", "ü"], visited);
    }

    [Fact]
    public void A_folder_that_links_to_itself_is_walked_once()
    {
        Directory.CreateDirectory(_folder["root"]);
        Directory.CreateSymbolicLink(_folder["root/loop"], ".");
        Assert.Equal("loop", Assert.Single(Read(_folder["root"])).Path);
    }

    [Fact]
    public void What_vanishes_during_the_walk_is_not_visited()
    {
        _folder.Write("root/a", "");
        _folder.Write("root/b/c", "");
        _folder.Write("root/d/e", "");
        var visited = new List<string>();
        FolderScan.Walk(_folder["root"], Visit, null, CancellationToken.None);
        Assert.Equal(["a", "d"], visited);

        void Visit(string path, in FileStatus status)
        {
            visited.Add(path);
            if (path == "a")
                Directory.Delete(_folder["root/b"], recursive: true);
            if (path == "d")
                Directory.Delete(_folder["root/d"], recursive: true);
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_read_is_said_by_name()
    {
        foreach (string path in (string[])[_folder["absent"], _folder.Write("file", "")])
        {
            MegatuxException error = Assert.Throws<MegatuxException>(() => Read(path));
            Assert.Equal((ErrorCodes.SourceNotReadable, "GuestBase"), (error.Problem.Code, error.Problem.Subject));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_name_or_target_that_is_not_utf8_is_refused()
    {
        Directory.CreateDirectory(_folder["root"]);
        Command.Run("sh", ["-c", "touch \"$(printf 'caf\\351')\""], _folder["root"]).Succeeded();
        Assert.Equal(ErrorCodes.FolderEntryInvalid, Assert.Throws<MegatuxException>(() => Read(_folder["root"])).Problem.Code);
        Command.Run("sh", ["-c", "rm *; ln -s \"$(printf 'caf\\351')\" link"], _folder["root"]).Succeeded();
        Assert.Equal(ErrorCodes.FolderEntryInvalid, Assert.Throws<MegatuxException>(() => Read(_folder["root"])).Problem.Code);
    }

    [Fact]
    public void A_file_too_large_for_an_image_is_refused()
    {
        Directory.CreateDirectory(_folder["root"]);
        Command.Run("truncate -s 4294967295 large", _folder["root"]).Succeeded();
        Assert.Equal(uint.MaxValue, Assert.Single(Read(_folder["root"])).Content!.Length);
        Command.Run("truncate -s 4294967296 large", _folder["root"]).Succeeded();
        MegatuxException error = Assert.Throws<MegatuxException>(() => Read(_folder["root"]));
        Assert.Equal(ErrorCodes.FolderEntryInvalid, error.Problem.Code);
        Assert.Contains("large", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_stops_when_cancelled()
    {
        _folder.Write("root/file", "");
        Assert.Throws<OperationCanceledException>(() => FolderSource.Read(_folder["root"], null, new CancellationToken(canceled: true)));
    }

    private string Mode(string path) => Convert.ToString(FileStatus.Read(_folder["root/" + path]).Mode, 8);

    private static List<ImageEntry> Read(string root) => FolderSource.Read(root, "GuestBase", CancellationToken.None);
}
