using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>
/// Bytes on their way down the tree: a daemon asks its parent for those that it, or a child, has not, one after the other, and
/// passes them on while they are still arriving. A child asks for a window at a time, so that no link holds more than that.
/// Pure but for the store. When the parent is another, it goes on where it was.
/// </summary>
internal sealed partial class BlobRelay
{
    /// <summary>The most bytes of one chunk.</summary>
    internal const int ChunkLength = 32 << 10;

    /// <summary>The most bytes that are on their way to a daemon, well below what a link takes.</summary>
    internal const int Window = 256 << 10;

    /// <summary>How often what came is thrown away and asked for again when its digest is another.</summary>
    private const int MostTries = 3;

    private const string
        Missing = "the program is not kept any more where the job was started: start it again",
        Garbled = "what came of the program is not what was sent",
        Unreadable = "the program cannot be read any more on a host above";

    private readonly Action<long, TreeMessage> _send;
    private readonly IBlobStore _store;
    private readonly Action<BlobId, string?> _settled;
    private readonly bool _isRoot;
    private readonly List<Fetch> _fetches = [];
    private readonly Dictionary<BlobId, Dictionary<long, Reader>> _readers = [];
    private long? _parent;

    /// <param name="send">Sends over a link.</param>
    /// <param name="store">Where bytes are kept.</param>
    /// <param name="settled">Is told that bytes are there, or why they cannot be had.</param>
    /// <param name="isRoot">True where there is nobody to ask.</param>
    internal BlobRelay(Action<long, TreeMessage> send, IBlobStore store, Action<BlobId, string?> settled, bool isRoot) =>
        (_send, _store, _settled, _isRoot) = (send, store, settled, isRoot);

    /// <summary>How many bytes' owners wait, here and below.</summary>
    internal int OpenCount => _fetches.Count + _readers.Count;

    /// <summary>Has bytes brought here.</summary>
    internal void Need(BlobId id)
    {
        if (_store.LengthOf(id) is not null)
            _settled(id, null);
        else if (_isRoot)
            _settled(id, Missing);
        else
            Ask(id);
    }

    internal void ParentFound(long link)
    {
        _parent = link;
        AskFirst();
    }

    internal void ParentLost() => _parent = null;

    internal void BranchLost(long link)
    {
        foreach (BlobId id in _readers.Keys.ToArray())
            Leave(id, link);
    }

    /// <summary>Takes a message from the parent.</summary>
    internal void ReceiveFromParent(TreeMessage message)
    {
        if (message is ChunkMessage chunk && Find(chunk.Blob) is { } fetch && chunk.Offset == fetch.Have)
            Take(chunk, fetch);
        else if (message is NoBlobMessage none && Find(none.Blob) is { } failed)
            Fail(failed, none.Reason);
    }

    private Fetch? Find(BlobId id) => _fetches.Find(fetch => fetch.Id == id);

    private void Ask(BlobId id)
    {
        if (Find(id) is not null)
            return;
        _fetches.Add(new Fetch(id));
        if (_fetches.Count == 1)
            AskFirst();
    }

    // One at a time: what is on its way is bounded for all of them together.
    private void AskFirst()
    {
        if (_parent is not { } parent || _fetches is not [var first, ..])
            return;

        // While it is not known whether there is room for them, no more than the first.
        first.Until = first.Have + (first.Total is null ? ChunkLength : Window);
        _send(parent, new WantMessage(first.Id, first.Have, first.Until, IsFresh: true));
    }

    private void Take(ChunkMessage chunk, Fetch fetch)
    {
        try
        {
            if (fetch.Total is null)
                _store.Begin(fetch.Id, chunk.Total);
            fetch.Total = chunk.Total;
            if (chunk.Bytes.Length > chunk.Total - fetch.Have)
                throw new IOException(Garbled);
            _store.Append(fetch.Id, chunk.Bytes.Span);
            fetch.Have += chunk.Bytes.Length;
        }
        catch (IOException refused)
        {
            if (_parent is { } parent)
                _send(parent, new WantMessage(fetch.Id, fetch.Have, fetch.Have, IsFresh: false));
            Fail(fetch, refused.Message);
            return;
        }

        // Before the digest is known: children have theirs to go by.
        Serve(fetch.Id, fetch.Have, fetch.Total.Value);
        if (fetch.Have == fetch.Total)
            Finish(fetch);
        else
            AskForMore(fetch);
    }

    private void AskForMore(Fetch fetch)
    {
        if (_parent is not { } parent || fetch.Until - fetch.Have > Window / 2)
            return;
        fetch.Until = fetch.Have + Window;
        _send(parent, new WantMessage(fetch.Id, fetch.Have, fetch.Until, IsFresh: false));
    }

    private void Finish(Fetch fetch)
    {
        if (_store.Finish(fetch.Id))
        {
            Remove(fetch);
            _settled(fetch.Id, null);
        }
        else if (++fetch.Tries == MostTries)
        {
            Fail(fetch, Garbled);
        }
        else
        {
            (fetch.Have, fetch.Total) = (0, null);
            AskFirst();
        }
    }

    private void Fail(Fetch fetch, string reason)
    {
        _store.Drop(fetch.Id);
        Remove(fetch);
        Refuse(fetch.Id, reason);
        _settled(fetch.Id, reason);
    }

    private void Remove(Fetch fetch)
    {
        bool wasFirst = _fetches[0] == fetch;
        _fetches.Remove(fetch);
        if (wasFirst)
            AskFirst();
    }

    private void Refuse(BlobId id, string reason)
    {
        if (!_readers.Remove(id, out Dictionary<long, Reader>? readers))
            return;
        foreach (long link in readers.Keys)
            _send(link, new NoBlobMessage(id, reason));
    }

    /// <summary>Bytes that are on their way here.</summary>
    private sealed class Fetch(BlobId id)
    {
        internal BlobId Id { get; } = id;

        internal long Have { get; set; }

        /// <summary>Null while nothing has come.</summary>
        internal long? Total { get; set; }

        internal long Until { get; set; }

        internal int Tries { get; set; }
    }
}
