using Megatux.Tree;

namespace Megatux.Xproc;

/// <content>Children that want bytes.</content>
internal sealed partial class BlobRelay
{
    /// <summary>Takes a message from a child.</summary>
    internal void ReceiveFromChild(long link, WantMessage want)
    {
        Reader known = default;
        bool isKnown = _readers.TryGetValue(want.Blob, out Dictionary<long, Reader>? readers) && readers.TryGetValue(link, out known);

        if (!want.IsFresh && want.Until <= want.From)
        {
            Leave(want.Blob, link);
            return;
        }

        // More of what was sent to its end meanwhile, or refused.
        if (!isKnown && !want.IsFresh)
            return;
        if (readers is null)
            _readers.Add(want.Blob, readers = []);
        readers[link] = new Reader(want.IsFresh ? want.From : known.Next, want.Until);
        if (_store.LengthOf(want.Blob) is { } whole)
            Serve(want.Blob, whole, whole);
        else if (Find(want.Blob) is { Total: { } total } fetch)
            Serve(want.Blob, fetch.Have, total);
        else if (_isRoot)
            Refuse(want.Blob, Missing);
        else
            Ask(want.Blob);
    }

    private void Leave(BlobId id, long link)
    {
        if (_readers.TryGetValue(id, out Dictionary<long, Reader>? readers) && readers.Remove(link) && readers.Count == 0)
            _readers.Remove(id);
    }

    private void Serve(BlobId id, long there, long total)
    {
        if (!_readers.TryGetValue(id, out Dictionary<long, Reader>? readers))
            return;
        foreach ((long link, Reader reader) in readers.ToArray())
        {
            if (Send(id, link, reader, there, total) is not { } next)
            {
                Refuse(id, Unreadable);
                return;
            }

            if (next == total)
                readers.Remove(link);
            else
                readers[link] = reader with { Next = next };
        }

        if (readers.Count == 0)
            _readers.Remove(id);
    }

    /// <summary>Sends a child what there is for it.</summary>
    /// <returns>Where that ended; null if it could not be read.</returns>
    private long? Send(BlobId id, long link, Reader reader, long there, long total)
    {
        if (total == 0)
            _send(link, new ChunkMessage(id, 0, 0, default));
        long next = reader.Next;
        for (long end = Math.Min(there, reader.Until); next < end;)
        {
            byte[] bytes = new byte[Math.Min(ChunkLength, end - next)];
            int read;
            try
            {
                read = _store.Read(id, next, bytes);
            }
            catch (IOException)
            {
                return null;
            }

            if (read == 0)
                return null;
            _send(link, new ChunkMessage(id, total, next, bytes.AsMemory(0, read)));
            next += read;
        }

        return next;
    }

    /// <summary>A child that wants bytes: what it has been sent, and how far it is to be.</summary>
    private readonly record struct Reader(long Next, long Until);
}
