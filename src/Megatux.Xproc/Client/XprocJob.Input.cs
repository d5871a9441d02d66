using System.Net.Sockets;
using Megatux.Model;

namespace Megatux.Xproc;

/// <content>Input.</content>
public sealed partial class XprocJob
{
    /// <summary>The most bytes of one piece of input.</summary>
    public const int LongestInput = 16 << 10;

    /// <summary>The most bytes that are kept to be said again: what may be on its way when the root is killed.</summary>
    private const int MostKept = 1 << 20;

    private readonly Queue<(long Offset, ReadOnlyMemory<byte> Bytes, bool IsLast)> _kept = new();
    private readonly SemaphoreSlim _sending = new(1);
    private NetworkStream? _inputStream;
    private long _inputEnd, _keptBytes;

    /// <summary>
    /// Gives input to the processes of a job that has some (<see cref="JobSpec.HasInput"/>), each the same. Waits while the
    /// slowest of them has not taken most of what came before.
    /// </summary>
    /// <param name="bytes">The input; cut into pieces where it is longer than <see cref="LongestInput"/>.</param>
    /// <param name="isLast">True when none follows.</param>
    /// <param name="cancellation">Ends the waiting; how much arrives is not known.</param>
    public async Task InputAsync(ReadOnlyMemory<byte> bytes, bool isLast, CancellationToken cancellation = default)
    {
        do
        {
            ReadOnlyMemory<byte> piece = bytes[..Math.Min(bytes.Length, LongestInput)];
            bytes = bytes[piece.Length..];
            await OneAtATimeAsync(async () =>
            {
                Keep(piece.ToArray(), isLast && bytes.IsEmpty);
                await _client.PersistAsync(() => SendAsync(cancellation), cancellation).ConfigureAwait(false);
            }, cancellation).ConfigureAwait(false);
        }
        while (!bytes.IsEmpty);
    }

    // The root may have been killed with the last piece in its hands, and nothing that follows would show it.
    private async Task InputAgainAsync()
    {
        try
        {
            await OneAtATimeAsync(async () =>
            {
                DropInputStream();
                if (_kept.Count > 0)
                    await _client.PersistAsync(() => SendAsync(CancellationToken.None), CancellationToken.None).ConfigureAwait(false);
            }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is MegatuxException or ObjectDisposedException)
        {
            // Whoever reads what comes of the job hears of that.
        }
    }

    private async Task OneAtATimeAsync(Func<Task> send, CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await send().ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    private void Keep(byte[] piece, bool isLast)
    {
        _kept.Enqueue((_inputEnd, piece, isLast));
        _inputEnd += piece.Length;
        _keptBytes += piece.Length;
        while (_keptBytes > MostKept)
            _keptBytes -= _kept.Dequeue().Bytes.Length;
    }

    // Over a new connection all that is kept: nodes leave out what they have had.
    private async Task<bool> SendAsync(CancellationToken cancellation)
    {
        try
        {
            bool isNew = _inputStream is null;
            _inputStream ??= _client.Open();
            foreach ((long offset, ReadOnlyMemory<byte> bytes, bool isLast) in isNew ? _kept.ToArray() : [_kept.Last()])
                await XprocClient.AskAsync(_inputStream, ClientFrame.Of(ClientFrameKind.Input, payload =>
                {
                    payload.Number((long)Head.Number);
                    payload.Number(offset);
                    payload.Flag(isLast);
                    payload.Bytes(bytes.Span);
                }), ClientFrameKind.Done, cancellation).ConfigureAwait(false);
            return true;
        }
        catch
        {
            DropInputStream();
            throw;
        }
    }

    private void DropInputStream()
    {
        _inputStream?.Dispose();
        _inputStream = null;
    }
}
