using Megatux.Agents;

namespace Megatux.HostAgent;

/// <summary>Messages that wait until a node reads them: whoever has them for it has others to care for.</summary>
internal sealed class Outbox(FrameWriter writer)
{
    /// <summary>The most bytes that wait.</summary>
    private const int MostBytes = 256 << 10;

    private readonly Queue<(ChannelKind Kind, byte[] Payload)> _waiting = new();
    private int _bytes;
    private bool _isSending;

    /// <summary>Adds a message. From any thread.</summary>
    /// <returns>False when too many wait already.</returns>
    internal bool TryAdd(ChannelKind kind, byte[] payload)
    {
        lock (_waiting)
        {
            if (_bytes + payload.Length > MostBytes)
                return false;
            _waiting.Enqueue((kind, payload));
            _bytes += payload.Length;
            if (_isSending)
                return true;
            _isSending = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static outbox => outbox.Send(), this, preferLocal: false);
        return true;
    }

    private void Send()
    {
        while (true)
        {
            (ChannelKind kind, byte[] payload) next;
            lock (_waiting)
            {
                if (!_waiting.TryDequeue(out next))
                {
                    _isSending = false;
                    return;
                }

                _bytes -= next.payload.Length;
            }

            writer.Send(next.kind, next.payload);
        }
    }
}
