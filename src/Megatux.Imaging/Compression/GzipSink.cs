using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.ExceptionServices;

namespace Megatux.Imaging;

/// <summary>
/// Compresses with all processors. The archive is cut at record boundaries into pieces, each a gzip stream of its own, as
/// the kernel wants it. A record larger than a piece is compressed in parallel too: its blocks are deflated one by one,
/// each ended by a sync flush, and stand one behind the other in one deflate stream (what pigz does).
/// The bytes depend on the input and level only, never on the number of processors.
/// </summary>
internal sealed class GzipSink : RecordSink
{
    private const int BlockLength = 1 << 20;
    private const int TrailerLength = 8;

    // RFC 1952: magic, method deflate, no flags, no time, no extra flags, Unix. The kernel understands no flag but FNAME.
    private static ReadOnlySpan<byte> Header => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3];

    // RFC 1951: an empty block of fixed codes with BFINAL set ends a deflate stream.
    private static ReadOnlySpan<byte> FinalBlock => [0x03, 0x00];

    private readonly Stream _output;
    private readonly int _level;
    private readonly BlockingCollection<Task<Block>> _queue = new(boundedCapacity: 2 * Environment.ProcessorCount);
    private readonly ConcurrentBag<byte[]> _spare = [];
    private readonly Thread _writer;
    private Exception? _failure;
    private byte[] _buffer;
    private int _filled;

    internal GzipSink(Stream output, int level)
    {
        _output = output;
        _level = level;
        _buffer = new byte[BlockLength];
        _writer = new Thread(WriteInOrder) { IsBackground = true, Name = "gzip writer" };
        _writer.Start();
    }

    internal override void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_filled == BlockLength)
                Send(endsPiece: false);
            int length = Math.Min(bytes.Length, BlockLength - _filled);
            bytes[..length].CopyTo(_buffer.AsSpan(_filled));
            _filled += length;
            bytes = bytes[length..];
        }
    }

    internal override void EndRecord()
    {
        // Pieces end at the first record boundary in the last quarter of a block, so that most are one block.
        if (_filled >= BlockLength / 4 * 3)
            Send(endsPiece: true);
    }

    internal override void Complete()
    {
        if (_filled > 0)
            Send(endsPiece: true);
        Stop();
        if (_failure is not null)
            ExceptionDispatchInfo.Throw(_failure);
    }

    public override void Dispose()
    {
        Stop();
        _queue.Dispose();
    }

    private void Stop()
    {
        _queue.CompleteAdding();
        _writer.Join();
    }

    private void Send(bool endsPiece)
    {
        byte[] bytes = _buffer;
        int length = _filled;
        _queue.Add(Task.Run(() => Deflate(bytes, length, endsPiece)));
        if (_failure is not null)
            ExceptionDispatchInfo.Throw(_failure);
        _buffer = _spare.TryTake(out byte[]? spare) ? spare : new byte[BlockLength];
        _filled = 0;
    }

    private Block Deflate(byte[] bytes, int length, bool endsPiece)
    {
        using var compressed = new MemoryStream(length / 2);
        using var deflate = new DeflateStream(compressed, new ZLibCompressionOptions { CompressionLevel = _level }, leaveOpen: true);
        deflate.Write(bytes, 0, length);
        deflate.Flush();

        // What Dispose would add, a final block, is not wanted in the middle of a piece: it is written where the piece ends.
        return new Block(bytes, length, compressed.ToArray(), endsPiece);
    }

    private void WriteInOrder()
    {
        try
        {
            var checksum = new Crc32();
            Span<byte> trailer = stackalloc byte[TrailerLength];
            uint pieceLength = 0;
            bool insidePiece = false;
            foreach (Task<Block> pending in _queue.GetConsumingEnumerable())
            {
                Block block = pending.GetAwaiter().GetResult();
                if (!insidePiece)
                    _output.Write(Header);
                _output.Write(block.Compressed);
                checksum.Append(block.Plain.AsSpan(0, block.Length));
                pieceLength += (uint)block.Length;
                _spare.Add(block.Plain);
                insidePiece = !block.EndsPiece;
                if (!block.EndsPiece)
                    continue;

                _output.Write(FinalBlock);
                BinaryPrimitives.WriteUInt32LittleEndian(trailer, checksum.GetCurrentHashAsUInt32());
                BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], pieceLength);
                _output.Write(trailer);
                checksum.Reset();
                pieceLength = 0;
            }

            _output.Flush();
        }
        catch (Exception failure)
        {
            // Whatever it is: the thread that packs throws it on, while an exception out of this one would end the process.
            _failure = failure;

            // Drain, so that whoever is adding blocks is not left waiting for room.
            foreach (Task<Block> pending in _queue.GetConsumingEnumerable())
                ((IAsyncResult)pending).AsyncWaitHandle.WaitOne();
        }
    }

    private sealed record Block(byte[] Plain, int Length, byte[] Compressed, bool EndsPiece);
}
