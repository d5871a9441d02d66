using System.Net.Sockets;

namespace Megatux.Xproc;

/// <summary>Sends what is written to it to the root, in pieces, each of which it has kept before the next.</summary>
internal sealed class BlobPieces(NetworkStream root, BlobId id, long total, CancellationToken cancellation) : Stream
{
    private readonly byte[] _piece = new byte[Math.Min(JobServer.LongestPiece, Math.Max(1, total))];
    private long _sent;
    private int _filled;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => _sent + _filled;

    /// <inheritdoc/>
    public override long Position { get => Length; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int length = Math.Min(buffer.Length, _piece.Length - _filled);
            buffer[..length].CopyTo(_piece.AsSpan(_filled));
            _filled += length;
            buffer = buffer[length..];
            if (_filled == _piece.Length)
                Send();
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
        // A piece is sent when it is full, or the last.
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Sends the last piece.</summary>
    internal void Complete()
    {
        if (_filled > 0 || total == 0)
            Send();
    }

    private void Send()
    {
        ClientFrame piece = ClientFrame.Of(ClientFrameKind.Blob, payload =>
        {
            id.Write(payload);
            payload.Number(total);
            payload.Number(_sent);
            payload.Bytes(_piece.AsSpan(0, _filled));
        });
        XprocClient.AskAsync(root, piece, ClientFrameKind.Done, cancellation).GetAwaiter().GetResult();
        _sent += _filled;
        _filled = 0;
    }
}
