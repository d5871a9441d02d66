using Megatux.Linux;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Xproc;

/// <summary>The standard input of a job's process. All on the thread of the poller.</summary>
internal sealed class ProcessInput
{
    private readonly Poller _poller;
    private readonly Action<int> _took;
    private readonly Queue<ReadOnlyMemory<byte>> _waiting = new();
    private SafeFileHandle? _end;
    private int _written;
    private bool _isWhole, _isWaiting;

    /// <param name="end">Where it is written to; closed here.</param>
    /// <param name="poller">Says when it can be.</param>
    /// <param name="took">Is told how many bytes more the process has taken, or will never take.</param>
    internal ProcessInput(SafeFileHandle end, Poller poller, Action<int> took)
    {
        (_end, _poller, _took) = (end, poller, took);
        Descriptor.SetNonBlocking(end);
    }

    /// <summary>Gives it input. What it has not read when it ends, or closes its input, is lost.</summary>
    internal void Add(ReadOnlyMemory<byte> bytes, bool isLast)
    {
        if (_end is null)
        {
            _took(bytes.Length);
            return;
        }

        _isWhole |= isLast;
        if (!bytes.IsEmpty)
            _waiting.Enqueue(bytes);
        Write();
    }

    /// <summary>Closes it: what waits is lost.</summary>
    internal void Close()
    {
        if (_end is not { } end)
            return;
        _poller.Forget(end);
        end.Dispose();
        _end = null;
        int lost = _waiting.Sum(bytes => bytes.Length) - _written;
        _waiting.Clear();
        if (lost > 0)
            _took(lost);
    }

    private void Write()
    {
        while (_end is { } end && _waiting.TryPeek(out ReadOnlyMemory<byte> bytes))
        {
            int written = Descriptor.TryWrite(end, bytes.Span[_written..]);
            if (written == Descriptor.WouldWait)
            {
                Await(end);
                return;
            }

            if (written == 0)
            {
                Close();
                return;
            }

            _written += written;
            if (_written == bytes.Length)
            {
                _waiting.Dequeue();
                _written = 0;
            }

            _took(written);
        }

        if (_isWhole)
            Close();
    }

    private void Await(SafeFileHandle end)
    {
        if (_isWaiting)
            return;
        _isWaiting = true;
        _poller.WatchWrites(end, () =>
        {
            _poller.Forget(end);
            _isWaiting = false;
            Write();
        });
    }
}
