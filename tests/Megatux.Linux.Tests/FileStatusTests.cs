using System.Globalization;
using System.Net.Sockets;

namespace Megatux.Linux.Tests;

public sealed class FileStatusTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_kind_of_file_has_the_status_that_stat_prints()
    {
        _folder.Write("file", "twelve bytes");
        Command.Run("ln", ["file", "second"], _folder.Path).Succeeded();
        Command.Run("ln", ["-s", "no/such/target", "link"], _folder.Path).Succeeded();
        Command.Run("mkfifo", ["-m", "620", "fifo"], _folder.Path).Succeeded();
        Directory.CreateDirectory(_folder["directory"]);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["socket"]));
        Command.Run("chmod", ["4751", "file"], _folder.Path).Succeeded();
        Command.Run("chmod", ["3777", "directory"], _folder.Path).Succeeded();
        Command.Run("touch", ["-h", "-d", "1969-12-31 23:59:58.25 UTC", "link"], _folder.Path).Succeeded();
        if (Environment.IsPrivilegedProcess)
            Command.Run("chown", ["-h", "4000000000:123456", "file", "link"], _folder.Path).Succeeded();

        foreach (string path in (string[])
            [_folder["file"], _folder["second"], _folder["link"], _folder["fifo"], _folder["directory"], _folder["socket"], "/dev/null", "/"])
        {
            Assert.Equal(AsStatPrintsIt(path), Describe(FileStatus.Read(path)));
        }
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        _folder.Write("file", "");
        File.CreateSymbolicLink(_folder["link"], "file");
        Assert.Equal(FileKind.SymbolicLink, FileStatus.Read(_folder["link"]).Kind);
    }

    [Fact]
    public void Hard_links_share_device_and_inode()
    {
        _folder.Write("a", "");
        Command.Run("ln", ["a", "b"], _folder.Path).Succeeded();
        _folder.Write("c", "");
        FileStatus a = FileStatus.Read(_folder["a"]), b = FileStatus.Read(_folder["b"]), c = FileStatus.Read(_folder["c"]);
        Assert.Equal((a.Device, a.Inode, 2u), (b.Device, b.Inode, b.Nlink));
        Assert.NotEqual(a.Inode, c.Inode);
    }

    [Fact]
    public void What_is_not_there_is_told_apart_from_what_fails()
    {
        _folder.Write("file", "");
        Assert.False(FileStatus.TryRead(_folder["absent"], out _));
        Assert.False(FileStatus.TryRead(_folder["absent/below"], out _));
        Assert.False(FileStatus.TryRead(_folder["file/below"], out _));
        Assert.False(FileStatus.TryRead("", out _));
        Assert.False(FileStatus.TryRead(_folder["file"] + "\0", out _));
        Assert.Throws<FileNotFoundException>(() => FileStatus.Read(_folder["absent"]));

        File.CreateSymbolicLink(_folder["loop"], "loop");
        IOException loop = Assert.Throws<IOException>(() => FileStatus.TryRead(_folder["loop/below"], out _));
        Assert.Contains("loop/below", loop.Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => FileStatus.TryRead(_folder[new string('a', 256)], out _));
        Assert.Throws<IOException>(() => FileStatus.TryRead("/" + new string('a', 5000), out _));
    }

    [Fact]
    public void Names_outside_ascii_are_found()
    {
        _folder.Write("ünïcödé-名前-\U0001F427", "x");
        Assert.Equal(1, FileStatus.Read(_folder["ünïcödé-名前-\U0001F427"]).Size);
    }

    [Fact]
    public void A_change_of_mode_shows_in_ctime_only()
    {
        string path = _folder.Write("file", "");
        Command.Run("touch", ["-d", "2001-02-03 04:05:06.789 UTC", path]).Succeeded();
        FileStatus before = FileStatus.Read(path);
        Assert.Equal(981_173_106_789_000_000, before.MtimeNs);

        // A clock tick must pass for the change to have another time.
        for (int tries = 0; tries < 100 && FileStatus.Read(path).CtimeNs == before.CtimeNs; tries++)
        {
            Command.Run("chmod", ["400", path]).Succeeded();
        }

        FileStatus after = FileStatus.Read(path);
        Assert.True(after.CtimeNs > before.CtimeNs);
        Assert.Equal(before.MtimeNs, after.MtimeNs);
    }

    [Fact]
    public void Reading_a_status_allocates_nothing()
    {
        string path = _folder.Write("file", "");
        Assert.True(FileStatus.TryRead(path, out _));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            FileStatus.TryRead(path, out _);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static string AsStatPrintsIt(string path) =>
        Command.Run("stat", ["-c", "%F|%a|%u|%g|%s|%.9Y|%.9Z|%i|%Hd:%Ld|%h|%Hr:%Lr", path]).Succeeded().Output.Trim();

    private static string Describe(FileStatus status) => string.Create(CultureInfo.InvariantCulture,
        $"{Word(status)}|{Convert.ToString(status.Mode, 8)}|{status.Uid}|{status.Gid}|{status.Size}|{Time(status.MtimeNs)}|{Time(status.CtimeNs)}|{status.Inode}|{status.Device >> 32}:{(uint)status.Device}|{status.Nlink}|{status.RdevMajor}:{status.RdevMinor}");

    private static string Word(FileStatus status) => status.Kind switch
    {
        FileKind.File => status.Size == 0 ? "regular empty file" : "regular file",
        FileKind.Directory => "directory",
        FileKind.SymbolicLink => "symbolic link",
        FileKind.CharacterDevice => "character special file",
        FileKind.Fifo => "fifo",
        FileKind.Socket => "socket",
        _ => status.Kind.ToString(),
    };

    // GNU stat prints the seconds rounded down and the nanoseconds as digits, save that times before 1970 are signed.
    private static string Time(long nanoseconds) => ((decimal)nanoseconds / 1_000_000_000m).ToString("F9", CultureInfo.InvariantCulture);
}
