using System.Globalization;
using System.Net.Sockets;

namespace Megatux.Linux.Tests;

public sealed class FileStatusTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_kind_of_file_has_the_status_that_stat_prints()
    {
        folder.Write("file", "twelve bytes");
        Command.Run("ln", ["file", "second"], folder.Path).Succeeded();
        Command.Run("ln", ["-s", "no/such/target", "link"], folder.Path).Succeeded();
        Command.Run("mkfifo", ["-m", "620", "fifo"], folder.Path).Succeeded();
        Directory.CreateDirectory(folder["directory"]);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder["socket"]));
        Command.Run("chmod", ["4751", "file"], folder.Path).Succeeded();
        Command.Run("chmod", ["3777", "directory"], folder.Path).Succeeded();
        Command.Run("touch", ["-h", "-d", "1969-12-31 23:59:58.25 UTC", "link"], folder.Path).Succeeded();
        if (Environment.IsPrivilegedProcess)
            Command.Run("chown", ["-h", "4000000000:123456", "file", "link"], folder.Path).Succeeded();

        foreach (string path in (string[])
            [folder["file"], folder["second"], folder["link"], folder["fifo"], folder["directory"], folder["socket"], "/dev/null", "/"])
        {
            Assert.Equal(AsStatPrintsIt(path), Describe(FileStatus.Read(path)));
        }
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        folder.Write("file", "");
        File.CreateSymbolicLink(folder["link"], "file");
        Assert.Equal(FileKind.SymbolicLink, FileStatus.Read(folder["link"]).Kind);
    }

    [Fact]
    public void Hard_links_share_device_and_inode()
    {
        folder.Write("a", "");
        Command.Run("ln", ["a", "b"], folder.Path).Succeeded();
        folder.Write("c", "");
        FileStatus a = FileStatus.Read(folder["a"]), b = FileStatus.Read(folder["b"]), c = FileStatus.Read(folder["c"]);
        Assert.Equal((a.Device, a.Inode, 2u), (b.Device, b.Inode, b.Nlink));
        Assert.NotEqual(a.Inode, c.Inode);
    }

    [Fact]
    public void What_is_not_there_is_told_apart_from_what_fails()
    {
        folder.Write("file", "");
        Assert.False(FileStatus.TryRead(folder["absent"], out _));
        Assert.False(FileStatus.TryRead(folder["absent/below"], out _));
        Assert.False(FileStatus.TryRead(folder["file/below"], out _));
        Assert.False(FileStatus.TryRead("", out _));
        Assert.False(FileStatus.TryRead(folder["file"] + "\0", out _));
        Assert.Throws<FileNotFoundException>(() => FileStatus.Read(folder["absent"]));

        File.CreateSymbolicLink(folder["loop"], "loop");
        IOException loop = Assert.Throws<IOException>(() => FileStatus.TryRead(folder["loop/below"], out _));
        Assert.Contains("loop/below", loop.Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => FileStatus.TryRead(folder[new string('a', 256)], out _));
        Assert.Throws<IOException>(() => FileStatus.TryRead("/" + new string('a', 5000), out _));
    }

    [Fact]
    public void Names_outside_ascii_are_found()
    {
        folder.Write("ünïcödé-名前-\U0001F427", "x");
        Assert.Equal(1, FileStatus.Read(folder["ünïcödé-名前-\U0001F427"]).Size);
    }

    [Fact]
    public void A_change_of_mode_shows_in_ctime_only()
    {
        string path = folder.Write("file", "");
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
        string path = folder.Write("file", "");
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
