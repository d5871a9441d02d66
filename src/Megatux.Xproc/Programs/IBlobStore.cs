namespace Megatux.Xproc;

/// <summary>Where a daemon keeps bytes that others ask for, by their digests. All on the daemon's thread.</summary>
public interface IBlobStore
{
    /// <summary>How many bytes there are; null if they are not there, or not all.</summary>
    long? LengthOf(BlobId id);

    /// <summary>Begins to keep bytes. What came of them before is dropped.</summary>
    /// <exception cref="IOException">There is no room; the message says where.</exception>
    void Begin(BlobId id, long length);

    /// <summary>Adds to what was begun.</summary>
    /// <exception cref="IOException">There is no room; the message says where.</exception>
    void Append(BlobId id, ReadOnlySpan<byte> bytes);

    /// <summary>All has come.</summary>
    /// <returns>False if its digest is another: then it is dropped.</returns>
    bool Finish(BlobId id);

    /// <summary>Drops what was begun.</summary>
    void Drop(BlobId id);

    /// <summary>Reads what is there, or has come so far.</summary>
    /// <returns>How many bytes were read.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    int Read(BlobId id, long offset, Span<byte> buffer);
}
