namespace Megatux.Xproc.Tests;

public sealed class BlobStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void What_is_whole_is_found_again_and_what_is_not_is_gone()
    {
        BlobId whole, part = BlobId.OfContents([9, 9, 9]);
        using (var store = new BlobStore(_folder["s"], 1000))
        {
            whole = Keep(store, 1, 2, 3);
            store.Begin(part, 3);
            store.Append(part, [9, 9]);
            Assert.Equal((null, 2), (store.LengthOf(part), store.Received(part)));
        }

        File.WriteAllText(Path.Combine(_folder["s"], $"{part}.part"), "left by one that was killed");
        using var again = new BlobStore(_folder["s"], 1000);
        Assert.Equal((3, null), (again.LengthOf(whole), again.LengthOf(part)));
        Assert.Equal([whole.ToString()], Directory.GetFiles(_folder["s"]).Select(Path.GetFileName));
    }

    [Fact]
    public void Those_that_nobody_asked_for_lately_make_room()
    {
        using var store = new BlobStore(_folder["s"], 10);
        BlobId first = Keep(store, 1, 1, 1, 1), second = Keep(store, 2, 2, 2, 2);
        Assert.NotNull(store.LengthOf(first));
        BlobId third = Keep(store, 3, 3, 3, 3);
        Assert.Equal((4, null, 4), (store.LengthOf(first), store.LengthOf(second), store.LengthOf(third)));
        Assert.Throws<IOException>(() => store.Begin(BlobId.OfContents([]), 11));
    }

    [Fact]
    public void Contents_with_another_digest_are_not_kept()
    {
        using var store = new BlobStore(_folder["s"], 10);
        var id = BlobId.OfContents([1]);
        store.Begin(id, 1);
        store.Append(id, [2]);
        Assert.False(store.Finish(id));
        Assert.Null(store.LengthOf(id));
        Assert.Empty(Directory.GetFiles(_folder["s"]));
    }

    public void Dispose() => _folder.Dispose();

    private static BlobId Keep(BlobStore store, params byte[] bytes)
    {
        var id = BlobId.OfContents(bytes);
        store.Begin(id, bytes.Length);
        store.Append(id, bytes);
        Assert.True(store.Finish(id));
        return id;
    }
}
