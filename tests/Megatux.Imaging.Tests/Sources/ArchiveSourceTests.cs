namespace Megatux.Imaging.Tests;

public sealed class ArchiveSourceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Forms() => new(
        from packer in (string[])["tar --format=gnu", "tar --format=pax", "bsdtar --no-read-sparse --format=pax", "bsdtar --no-read-sparse --format=gnutar"]
        from unpacked in (string[])["", "gzip", "bzip2", "zstd"]
        select (packer, unpacked));

    [Theory]
    [MemberData(nameof(Forms))]
    public void An_archive_of_a_folder_has_the_folders_entries(string packer, string compressor)
    {
        string tree = MakeTree(longNames: true);
        string archive = _folder["archive.with-no-telling-name"];
        Command.Run($"{packer} -cf {archive} .", tree).Succeeded();
        Compress(compressor, ref archive);

        Assert.Equal(EntryText.Describe(FolderSource.Read(tree, null, CancellationToken.None)), EntryText.Describe(Read(archive)));
    }

    [Fact]
    public void An_archive_in_the_oldest_format_is_read()
    {
        string tree = MakeTree(longNames: false);
        File.Delete(Path.Combine(tree, "fifo"));
        File.Delete(Path.Combine(tree, "device"));
        if (Environment.IsPrivilegedProcess)
            Command.Run("chown -R -h 2000000:1 .", tree).Succeeded();
        Command.Run($"tar --format=v7 -cf {_folder["old.tar"]} .", tree).Succeeded();
        Assert.Equal(EntryText.Describe(FolderSource.Read(tree, null, CancellationToken.None)), EntryText.Describe(Read(_folder["old.tar"])));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("bzip2")]
    [InlineData("zstd")]
    public void Compressed_pieces_one_behind_another_are_one_archive(string compressor)
    {
        byte[] tar = new TarForge().Add("one", content: new string('1', 5000)).Add("two", content: "second").End();
        var all = new MemoryStream();
        foreach (byte[] piece in (byte[][])[tar[..700], tar[700..5700], tar[5700..]])
        {
            string path = _folder.Write("piece", piece);
            Compress(compressor, ref path);
            all.Write(File.ReadAllBytes(path));
            File.Delete(path);
        }

        List<ImageEntry> entries = Read(_folder.Write("joined", all.ToArray()));
        Assert.Equal(["one", "two"], entries.Select(e => e.Path));
        Assert.Equal([new string('1', 5000), "second"], entries.Select(EntryText.Text));
    }

    [Fact]
    public void Zeros_behind_gzip_data_are_padding()
    {
        byte[] packed = [.. TarForge.Gzip(new TarForge().Add("file").End()), .. new byte[5000]];
        Assert.Single(Read(_folder.Write("padded.tgz", packed)));
    }

    [Fact]
    public void A_stream_that_yields_single_bytes_is_read()
    {
        byte[] packed = TarForge.Gzip(new TarForge().Add("file", content: "text").End());
        using var drip = new Drip(packed);
        Assert.Equal("text", EntryText.Text(Assert.Single(
            ArchiveSource.Read(drip, "drip", _folder["spool"], ArchiveLimits.Default, null, CancellationToken.None))));
    }

    [Fact]
    public void Names_are_relative_to_the_root_however_they_are_written()
    {
        List<ImageEntry> entries = Forge(new TarForge().Add("./", '5').Add("./a/", '5', mode: 0b111_000_000).Add("././a//./b", content: "x").Add(".hidden").Add("c..d"));
        Assert.Equal([".hidden", "a", "a/b", "c..d"], entries.Select(e => e.Path));
    }

    [Fact]
    public void Missing_parents_are_there_as_implicit_directories()
    {
        List<ImageEntry> entries = Forge(new TarForge().Add("a/b/file").Add("a", '5', mode: 0b111_000_000));
        Assert.Equal("a Directory 700 0:0\na/b Directory 755 0:0 implicit", EntryText.Describe(entries.Where(e => e.Kind == EntryKind.Directory)));
    }

    [Fact]
    public void The_later_of_two_members_wins()
    {
        List<ImageEntry> entries = Forge(new TarForge()
            .Add("file", content: "old").Add("file", content: "new", mode: 0b111_000_000)
            .Add("link", '2', link: "old").Add("link", '2', link: "new")
            .Add("changed", '5').Add("changed", content: "now a file")
            .Add("other").Add("other", '5').Add("other/below"));
        Assert.Equal("new", EntryText.Text(entries.Single(e => e.Path == "file")));
        Assert.Equal(0b111_000_000, entries.Single(e => e.Path == "file").Mode);
        Assert.Equal("new", entries.Single(e => e.Path == "link").LinkTarget);
        Assert.Equal(EntryKind.File, entries.Single(e => e.Path == "changed").Kind);
        Assert.Equal(EntryKind.Directory, entries.Single(e => e.Path == "other").Kind);
    }

    [Fact]
    public void A_hard_link_keeps_the_contents_of_a_file_that_is_replaced()
    {
        List<ImageEntry> entries = Forge(new TarForge()
            .Add("file", content: "old").Add("z", '1', link: "./file").Add("y", '1', link: "z").Add("file", content: "new"));
        Assert.Equal("new", EntryText.Text(entries.Single(e => e.Path == "file")));
        Assert.Equal("old", EntryText.Text(entries.Single(e => e.Path == "y")));
        Assert.Equal("y", entries.Single(e => e.Path == "z").HardLinkTo);
        Assert.Null(entries.Single(e => e.Path == "z").Content);
    }

    [Fact]
    public void A_member_below_a_symbolic_link_lands_where_the_link_points()
    {
        List<ImageEntry> entries = Forge(new TarForge()
            .Add("usr/lib", '5', mode: 0b111_000_000)
            .Add("lib", '2', link: "usr/lib").Add("lib/x", content: "x")
            .Add("abs", '2', link: "/usr/lib/../lib/sub").Add("abs/y", content: "y")
            .Add("usr/back", '2', link: "../lib").Add("usr/back/z", content: "z")
            .Add("hard", '1', link: "usr/back/x"));
        Assert.Equal(["abs", "hard", "lib", "usr", "usr/back", "usr/lib", "usr/lib/sub", "usr/lib/sub/y", "usr/lib/x", "usr/lib/z"], entries.Select(e => e.Path));
        Assert.Equal(0b111_000_000, entries.Single(e => e.Path == "usr/lib").Mode);
        Assert.Equal("hard", entries.Single(e => e.Path == "usr/lib/x").HardLinkTo);
    }

    [Fact]
    public void An_absolute_link_is_kept_since_it_is_resolved_inside_the_image()
    {
        Assert.Equal("/usr/bin/x", Assert.Single(Forge(new TarForge().Add("sbin", '2', link: "/usr/bin/x"))).LinkTarget);
    }

    [Fact]
    public void Large_ids_device_numbers_and_global_headers_are_understood()
    {
        List<ImageEntry> entries = Forge(new TarForge()
            .Add("pax_global_header", 'g', "18 comment=aaaaaa\n")
            .Pax(("uid", "2147483647"), ("gid", "100000000"), ("path", "ünï/名前")).Add("short", content: "x")
            .Add("dev", '4', major: 259, minor: 70000, mode: 0b110_000_000));
        Assert.Equal("dev BlockDevice 600 0:0 259,70000", EntryText.Describe(entries[0]));
        Assert.StartsWith("ünï/名前 File 644 2147483647:100000000", EntryText.Describe(entries[2]), StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_say_where_they_come_from()
    {
        string path = _folder.Write("base.tgz", TarForge.Gzip(new TarForge().Add("a/b").End()));
        Assert.All(Read(path), e => Assert.Equal(path, e.Origin));
    }

    [Fact]
    public void An_empty_archive_has_no_entries()
    {
        Command.Run("tar", ["-czf", _folder["none.tgz"], "-T", "/dev/null"]).Succeeded();
        Assert.Empty(Read(_folder["none.tgz"]));
    }

    private List<ImageEntry> Forge(TarForge forge) => Read(_folder.Write("forged.tar", forge.End()));

    private List<ImageEntry> Read(string archive) =>
        ArchiveSource.Read(archive, _folder["spool"], ArchiveLimits.Default, null, CancellationToken.None);

    private string MakeTree(bool longNames)
    {
        string tree = _folder["tree"];
        _folder.Write("tree/bin/program", [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * i >> 5))]);
        _folder.Write("tree/etc/empty", "");
        _folder.Write("tree/etc/text", "some text");
        _folder.Write("tree/ünï-名前", "name");
        Directory.CreateDirectory(Path.Combine(tree, "tmp"));
        string[] commands =
        [
            "ln etc/text bin/again", "ln etc/text third", "ln -s /usr/bin/x absolute", "ln -s ../etc/text bin/relative",
            "mkfifo -m 620 fifo", "chmod 1777 tmp", "chmod 4755 bin/program",
        ];
        foreach (string command in commands)
            Command.Run(command, tree).Succeeded();
        if (longNames)
        {
            string deep = string.Join('/', Enumerable.Repeat(new string('d', 60), 6));
            _folder.Write($"tree/{deep}/{new string('f', 200)}", "deep");
            File.CreateSymbolicLink(Path.Combine(tree, "long"), deep);
        }

        if (Environment.IsPrivilegedProcess)
        {
            Command.Run("mknod -m 640 device b 259 70000", tree).Succeeded();
            Command.Run("chown 3000000:65534 etc/text", tree).Succeeded();
            Command.Run("chown -h 12:34 absolute fifo tmp", tree).Succeeded();
        }

        return tree;
    }

    private static void Compress(string compressor, ref string path)
    {
        if (compressor.Length == 0)
            return;
        Command.Run("sh", ["-c", $"{compressor} -c < '{path}' > '{path}.packed'"]).Succeeded();
        path += ".packed";
    }

    private sealed class Drip(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1)]);
    }
}
