using System.Buffers.Binary;
using Megatux.Agents;
using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.HostAgent;

/// <summary>Messages that wait until a node reads them: whoever has them for it has others to care for.</summary>
/// <param name="writer">Where they are written to.</param>
/// <param name="window">The most bytes on their way of which the node has not said that it took them; null for any.</param>
internal sealed class Outbox(FrameWriter writer, int? window = null)
{
    /// <summary>The most bytes that wait.</summary>
    private const int MostBytes = 512 << 10;

    /// <summary>While more than so many do, what a node asks for again is left out.</summary>
    private const int MostBytesForMore = 256 << 10;

    private readonly Queue<(ChannelKind Kind, byte[] Payload)> _waiting = new();
    private int _bytes;
    private long _sent, _taken;
    private bool _isSending, _isWithin, _isLeftOut;

    /// <summary>Adds a message. From any thread.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="patience">How long to wait while too many wait already.</param>
    /// <returns>False when too many wait still.</returns>
    internal bool TryAdd(ChannelKind kind, byte[] payload, TimeSpan patience = default)
    {
        long until = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        lock (_waiting)
        {
            if (kind == ChannelKind.Tree && IsLeftOut(payload))
                return true;
            while (_bytes + payload.Length > MostBytes)
            {
                long left = until - Environment.TickCount64;
                if (left <= 0 || !Monitor.Wait(_waiting, (int)left))
                    return false;
            }

            _waiting.Enqueue((kind, payload));
            _bytes += payload.Length;
            StartSending();
            return true;
        }
    }

    /// <summary>The node says how much it has taken, 8 bytes as <see cref="ChannelKind.Taken"/> has it. It may lie.</summary>
    internal void Taken(ReadOnlySpan<byte> said)
    {
        if (!BinaryPrimitives.TryReadInt64LittleEndian(said, out long bytes))
            return;
        lock (_waiting)
        {
            _taken = Math.Clamp(bytes, _taken, _sent);
            StartSending();
        }
    }

    private void StartSending()
    {
        if (_isSending || _waiting.Count == 0)
            return;
        _isSending = true;
        ThreadPool.UnsafeQueueUserWorkItem(static outbox => outbox.Send(), this, preferLocal: false);
    }

    // Whole messages: a part alone is none.
    private bool IsLeftOut(ReadOnlySpan<byte> part)
    {
        if (!_isWithin)
            _isLeftOut = _bytes > MostBytesForMore && MessageParts.TypeOf(part) is { } type && XprocMessages.IsAskedForAgain(type);
        _isWithin = !MessageParts.IsLast(part);
        return _isLeftOut;
    }

    private void Send()
    {
        while (true)
        {
            (ChannelKind kind, byte[] payload) next;
            lock (_waiting)
            {
                int length = _waiting.TryPeek(out next) ? ChannelFrame.HeaderLength + next.payload.Length : 0;
                if (length == 0 || (window is { } most && _sent + length > _taken + most))
                {
                    _isSending = false;
                    return;
                }

                _waiting.Dequeue();
                _bytes -= next.payload.Length;
                Monitor.PulseAll(_waiting);
                _sent += length;
            }

            writer.Send(next.kind, next.payload);
        }
    }
}
