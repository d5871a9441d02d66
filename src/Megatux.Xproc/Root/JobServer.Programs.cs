using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <content>Programs that travel: clients bring what is not here yet, by digest, whoever brings the same.</content>
public sealed partial class JobServer
{
    /// <summary>The most bytes of one piece.</summary>
    internal const int LongestPiece = 1 << 20;

    private const int LongestDigest = sizeof(uint) + BlobId.Length;

    private ClientFrame Lacks(byte[] payload)
    {
        var reader = new PayloadReader(payload);
        var lacking = new List<BlobId>();
        for (int left = reader.Count(LongestDigest); left > 0; left--)
        {
            BlobId id = BlobId.Read(ref reader) ?? throw Malformed();
            if (_blobs.LengthOf(id) is null)
                lacking.Add(id);
        }

        return reader.IsGood ? Listing(ClientFrameKind.Blobs, lacking) : throw Malformed();
    }

    /// <summary>Writes digests as they are asked for and answered.</summary>
    internal static ClientFrame Listing(ClientFrameKind kind, IReadOnlyCollection<BlobId> ids) => ClientFrame.Of(kind, payload =>
    {
        payload.Small((uint)ids.Count);
        foreach (BlobId id in ids)
            id.Write(payload);
    });

    private bool Keep(byte[] payload)
    {
        var reader = new PayloadReader(payload);
        BlobId? blob = BlobId.Read(ref reader);
        (long total, long offset) = (reader.Number(), reader.Number());
        ReadOnlySpan<byte> piece = reader.Bytes();
        if (!reader.IsGood || blob is not { } id || piece.Length > LongestPiece || offset < 0 || offset > total - piece.Length)
            throw Malformed();
        try
        {
            return Keep(id, total, offset, piece);
        }
        catch (IOException refused)
        {
            _blobs.Drop(id);
            throw new MegatuxException(ErrorCodes.JobNotKept, $"The program cannot be kept for the nodes: {refused.Message}.", inner: refused);
        }
    }

    // Two clients may bring the same at the same time: what one has brought, the other need not.
    private bool Keep(BlobId id, long total, long offset, ReadOnlySpan<byte> piece)
    {
        if (_blobs.LengthOf(id) is not null)
            return true;
        if (_blobs.Received(id) is not { } there)
        {
            _blobs.Begin(id, total);
            there = 0;
        }

        if (offset > there)
            throw new IOException("a piece of it came before those in front of it");
        if (offset + piece.Length > there)
            _blobs.Append(id, piece[(int)(there - offset)..]);
        if (offset + piece.Length == total && !_blobs.Finish(id))
            throw new MegatuxException(ErrorCodes.FileChanged, "A file of the program was changed while it was sent: send it again when nothing writes to it.");
        return true;
    }
}
