using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class MemberStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static ImageEntry[] Entries =>
        [Sample.Folder("d"), Sample.File("d/x", "text"), Sample.HardLink("d/y", "d/x"), Sample.Link("link\twith\ntab", "target\\"), Sample.Device("null", 1, 3), Sample.File("z")];

    [Fact]
    public void What_is_as_it_was_is_not_packed_again()
    {
        Member first = Pack(Entries);
        Assert.Equal("it was not there", first.PackedBecause);
        string before = State();
        Member second = Pack(Entries);
        Assert.Null(second.PackedBecause);
        Assert.Equal(first with { PackedBecause = null }, second);
        Assert.Equal(before, State());
        Assert.Equal((6, 4L, CompressionKind.Gzip), (second.Entries, second.UnpackedLength, second.Compression));
        Assert.Equal(new FileInfo(first.Path).Length, first.Length);
    }

    public static TheoryData<ImageEntry, string> Changes() => new()
    {
        { Sample.File("z", "now"), "z: contents changed" },
        { Sample.File("z", "", "600"), "z: mode 644 became 600" },
        { Sample.File("z", "", "644", 1, 2), "z: owner 0:0 became 1:2" },
        { Sample.Link("z", "d"), "z: File became SymbolicLink" },
        { Sample.Link("link\twith\ntab", "other"), "link\twith\ntab: link to target\\ became other" },
        { Sample.Device("null", 1, 5), "null: changed" },
        { Sample.File("new"), "new is new" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_packs_it_again_and_says_which(ImageEntry change, string reason)
    {
        Member before = Pack(Entries);
        Member after = Pack([.. Entries.Where(entry => entry.Path != change.Path), change]);
        Assert.Equal(reason, after.PackedBecause);
        Assert.NotEqual(before.Digest, after.Digest);
        Member again = Pack([.. Entries.Where(entry => entry.Path != change.Path), change]);
        Assert.Equal((null, after.Digest), (again.PackedBecause, again.Digest));
    }

    [Fact]
    public void A_file_that_is_gone_packs_it_again()
    {
        Pack(Entries);
        Assert.Equal("z is gone", Pack(Entries[..^1]).PackedBecause);
        Assert.Equal("d/x is gone; d/y is gone; link\twith\ntab is gone; and 1 more", Pack(Entries[..1]).PackedBecause);
    }

    [Fact]
    public void Another_compressor_level_or_time_packs_it_again()
    {
        Pack(Entries);
        Assert.Contains("gzip -6", Pack(Entries, Compression.Parse("gzip", "1")).PackedBecause, StringComparison.Ordinal);
        Assert.Contains("zstd -9", Pack(Entries, Compression.Parse("zstd", null)).PackedBecause, StringComparison.Ordinal);
        Assert.Equal(CompressionKind.Zstd, Pack(Entries, Compression.Parse("zstd", null)).Compression);
        Assert.Contains("now as 'cpio", Pack(Entries, Compression.None).PackedBecause, StringComparison.Ordinal);
        Assert.Null(Pack(Entries, Compression.None).PackedBecause);
        Assert.Contains("time 7", Pack(Entries, Compression.None, modifiedAt: 7).PackedBecause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cached_archive_that_was_touched_cut_or_removed_is_packed_again()
    {
        Member good = Pack(Entries);
        foreach (string harm in (string[])["truncate -s -1", "touch -r /", "chmod 600", "rm", "cp /dev/null"])
        {
            Command.Run("sh", ["-c", $"{harm} {good.Path}"]).Succeeded();
            Member again = Pack(Entries);
            Assert.True(again.PackedBecause == "its archive was missing or changed", $"{harm}: {again.PackedBecause}");
            Assert.Equal(good.Digest, again.Digest);
            Assert.Null(Pack(Entries).PackedBecause);
        }
    }

    [Fact]
    public void A_damaged_receipt_or_index_packs_it_again()
    {
        Member good = Pack(Entries);
        var random = new Random(7);
        foreach (string extension in (string[])[".receipt", ".index"])
        {
            string file = good.Path + extension;
            byte[] whole = File.ReadAllBytes(file);
            for (int round = 0; round < 60; round++)
            {
                byte[] harmed = round == 0 ? [] : round % 2 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
                if (round % 2 == 1)
                    harmed[random.Next(harmed.Length)] = (byte)"9\t\n:x\\-"[random.Next(7)];
                File.WriteAllBytes(file, harmed);
                (Member member, MemberIndex index) = Store().Pack("m", [.. Entries], "", true, TestContext.Current.CancellationToken);
                Assert.Equal(good.Digest, member.Digest);
                Assert.Equal(EntryText.Describe(Entries.Select(Bare)), EntryText.Describe(index.Entries.Select(Bare)));
                Assert.Null(Pack(Entries).PackedBecause);
            }

            File.WriteAllText(file, "99999999999\t1\t1\n99999999999999999999\n");
            Assert.Equal(good.Digest, Pack(Entries).Digest);
        }

        static ImageEntry Bare(ImageEntry entry) => entry with { Content = null };
    }

    [Fact]
    public void A_dear_source_is_known_by_its_key_until_the_archive_changes()
    {
        MemberStore store = Store();
        Assert.Null(store.Find("m", "key"));
        store.Pack("m", [.. Entries], "key", true, TestContext.Current.CancellationToken);
        (Member member, MemberIndex index) = Assert.NotNull(Store().Find("m", "key"));
        Assert.Null(member.PackedBecause);
        Assert.Equal(Entries.Select(entry => entry.Path), index.Entries.Select(entry => entry.Path));
        Assert.Equal("text", EntryText.Text(index.Entries.Single(entry => entry.Path == "d/x")));
        Assert.Null(Store().Find("m", "other key"));

        // The same contents by another way: only the receipt is written.
        long changed = FileStatus.Read(member.Path).CtimeNs;
        Assert.Null(Store().Pack("m", [.. Entries], "new key", true, TestContext.Current.CancellationToken).Member.PackedBecause);
        Assert.Equal(changed, FileStatus.Read(member.Path).CtimeNs);
        Assert.NotNull(Store().Find("m", "new key"));
        Assert.Null(Store().Find("m", "key"));
        File.Delete(member.Path);
        Assert.Null(Store().Find("m", "new key"));
    }

    [Fact]
    public void What_is_compressed_already_is_not_compressed_again()
    {
        Member member = Store().Pack("m", [.. Entries], "", compress: false, TestContext.Current.CancellationToken).Member;
        Assert.Equal(CompressionKind.None, member.Compression);
        Assert.Equal("070701"u8, File.ReadAllBytes(member.Path).AsSpan(0, 6));
    }

    [Fact]
    public void Members_that_no_build_uses_any_more_are_removed()
    {
        foreach (string name in (string[])["a", "a.b", "c"])
            Store().Pack(name, [.. Entries], "", true, TestContext.Current.CancellationToken);
        _folder.Write("cache/.megatux-tmp-c", "half");
        MemberStore store = Store();
        store.Pack("a", [.. Entries], "", true, TestContext.Current.CancellationToken);
        store.RemoveUnused();
        Assert.Equal(["a", "a.index", "a.receipt"], Directory.GetFiles(_folder["cache"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_failure_leaves_the_cached_member_or_none()
    {
        Pack(Entries);
        ImageEntry gone = Sample.Of(EntryKind.File, "gone", "644") with { Content = new FileContent(_folder["gone"], 5), Origin = _folder["gone"] };
        Assert.Equal(ErrorCodes.InputUnreadable, Assert.Throws<MegatuxException>(() => Pack([.. Entries, gone])).Problem.Code);
        Assert.Null(Pack(Entries).PackedBecause);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => Store().Pack("m", [Sample.File("other")], "", true, cancelled.Token));
        Assert.Null(Pack(Entries).PackedBecause);
        Assert.Equal(3, Directory.GetFiles(_folder["cache"]).Length);
    }

    private MemberStore Store(Compression? compression = null, uint modifiedAt = 0) =>
        new(_folder["cache"], compression ?? Compression.Default, modifiedAt, ContentDigests.Load(_folder["digests"]));

    private Member Pack(ImageEntry[] entries, Compression? compression = null, uint modifiedAt = 0) =>
        Store(compression, modifiedAt).Pack("m", [.. entries], "", compress: true, TestContext.Current.CancellationToken).Member;

    private string State() => string.Join('\n', Directory.GetFiles(_folder["cache"]).Order(StringComparer.Ordinal).Select(file => $"{file} {FileStatus.Read(file)}"));
}
