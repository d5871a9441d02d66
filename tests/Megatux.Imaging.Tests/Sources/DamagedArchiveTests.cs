using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class DamagedArchiveTests : RefusedArchive
{
    [Theory]
    [InlineData("")]
    [InlineData("gzip")]
    [InlineData("bzip2")]
    [InlineData("zstd")]
    public void An_archive_cut_off_anywhere_is_refused(string compressor)
    {
        byte[] whole = new TarForge().Add("a", content: "first").Pax(("path", "longer")).Add("b", content: new string('x', 1000)).Add("c", '5').End();
        string path = Folder.Write("whole", whole);
        if (compressor.Length > 0)
            Command.Run("sh", ["-c", $"{compressor} -c < '{path}' > '{path}.packed'"]).Succeeded();
        byte[] packed = File.ReadAllBytes(compressor.Length > 0 ? path + ".packed" : path);

        // The second closing block is left out by some programs, and the archive is whole without it.
        int end = compressor.Length > 0 ? packed.Length : packed.Length - 512;
        for (int length = 0; length < end; length += compressor.Length > 0 ? 1 : 64)
        {
            Refuse(packed[..length], length < (compressor.Length > 0 ? 6 : 512)
                ? ErrorCodes.ArchiveFormatUnknown : ErrorCodes.ArchiveDamaged, either: ErrorCodes.ArchiveDamaged);
        }
    }

    [Fact]
    public void Garbage_behind_or_inside_is_refused()
    {
        byte[] tar = new TarForge().Add("a", content: "first").End(), packed = TarForge.Gzip(tar);
        Refuse([.. tar, .. new TarForge().Add("second").End()], ErrorCodes.ArchiveDamaged);
        Refuse([.. packed, .. "garbage"u8], ErrorCodes.ArchiveDamaged);
        Refuse([.. new TarForge().Add("a").Open(), .. Enumerable.Repeat((byte)'x', 512), .. tar], ErrorCodes.ArchiveDamaged);
        packed[^6] ^= 1;
        Refuse(packed, ErrorCodes.ArchiveDamaged);
    }

    [Fact]
    public void What_is_no_archive_is_refused_with_what_would_be_one()
    {
        Assert.Contains("empty", Refuse([], ErrorCodes.ArchiveFormatUnknown).Message, StringComparison.Ordinal);
        Refuse([.. "PK\x03\x04"u8, .. new byte[600]], ErrorCodes.ArchiveFormatUnknown);
        string tar = Folder.Write("x.tar", new TarForge().Add("a").End());
        Command.Run($"xz {tar}").Succeeded();
        Assert.Contains("xz", Refuse(File.ReadAllBytes(tar + ".xz"), ErrorCodes.ArchiveFormatUnknown).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_cannot_be_opened_is_said_by_name()
    {
        foreach (string path in (string[])[Folder["absent.tgz"], Folder.Path])
        {
            MegatuxException error = Assert.Throws<MegatuxException>(() =>
                ArchiveSource.Read(path, Folder["spool"], ArchiveLimits.Default, "GuestBase", CancellationToken.None));
            Assert.Equal((ErrorCodes.SourceNotReadable, "GuestBase"), (error.Problem.Code, error.Problem.Subject));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Control_characters_of_a_name_do_not_reach_the_terminal()
    {
        MegatuxException error = Refuse(new TarForge().Add("../\u001b[31m\n").End(), ErrorCodes.ArchiveMemberLeavesRoot);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Fact]
    public void A_full_disk_is_said_and_leaves_nothing()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can mount a small disk");
        Directory.CreateDirectory(Folder["small"]);
        Command.Run($"mount -t tmpfs -o size=256k tmpfs {Folder["small"]}").Succeeded();
        try
        {
            string archive = Folder.Write("big.tar", new TarForge().Add("big", content: new string('x', 1 << 20)).End());
            MegatuxException error = Assert.Throws<MegatuxException>(() =>
                ArchiveSource.Read(archive, Folder["small/spool"], ArchiveLimits.Default, null, CancellationToken.None));
            Assert.Equal(ErrorCodes.SpoolDiskFull, error.Problem.Code);
            Assert.Contains(Folder["small/spool"], error.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFiles(Folder["small/spool"]));
        }
        finally
        {
            Command.Run($"umount {Folder["small"]}").Succeeded();
        }
    }

    [Fact]
    public void A_spool_folder_that_cannot_be_made_is_said()
    {
        string file = Folder.Write("file", "");
        string archive = Folder.Write("x.tar", new TarForge().Add("x").End());
        MegatuxException error = Assert.Throws<MegatuxException>(() => ArchiveSource.Read(archive, file, ArchiveLimits.Default, null, CancellationToken.None));
        Assert.Equal(ErrorCodes.SpoolNotWritable, error.Problem.Code);
    }

    [Fact]
    public void Reading_stops_when_cancelled_and_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        byte[] tar = new TarForge().Add("big", content: new string('x', 1 << 22)).End();
        using var archive = new StopsHalfway(tar, stop);
        Assert.Throws<OperationCanceledException>(() => ArchiveSource.Read(archive, "x", Folder["spool"], ArchiveLimits.Default, null, stop.Token));
        Assert.Empty(Directory.GetFileSystemEntries(Folder["spool"]));
    }

    private sealed class StopsHalfway(byte[] bytes, CancellationTokenSource stop) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            if (Position > Length / 2)
                stop.Cancel();
            return base.Read(buffer, offset, count);
        }
    }
}
