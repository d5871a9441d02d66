using System.Collections.Concurrent;
using Megatux.Agents;

namespace Megatux.HostAgent;

/// <summary>Requests that were sent down, and who waits for their answers.</summary>
internal sealed class PendingAnswers : IDisposable
{
    private readonly ConcurrentDictionary<uint, (RunningNode Node, Waiter Waiter)> _waiting = new();
    private uint _last;

    /// <summary>Is told of a part of an answer; one without bytes is the end.</summary>
    internal delegate void Waiter(ReadOnlySpan<byte> part);

    /// <summary>Sends a request to a node.</summary>
    /// <returns>The request's number.</returns>
    internal uint Ask(RunningNode node, string request, Waiter waiter)
    {
        uint number = Interlocked.Increment(ref _last);
        _waiting[number] = (node, waiter);
        node.Send(ChannelKind.Request, RequestNumber.Before(number, System.Text.Encoding.UTF8.GetBytes(request)));
        return number;
    }

    /// <summary>Nobody waits any more.</summary>
    internal void Forget(RunningNode node, uint number)
    {
        if (_waiting.TryRemove(number, out _))
            node.Send(ChannelKind.Cancel, RequestNumber.Before(number, default));
    }

    /// <summary>Takes a part of an answer, if it comes from the node that was asked.</summary>
    internal void Take(RunningNode node, ReadOnlySpan<byte> payload)
    {
        if (!RequestNumber.TrySplit(payload, out uint number, out ReadOnlySpan<byte> part)
            || !_waiting.TryGetValue(number, out (RunningNode Node, Waiter Waiter) asked) || asked.Node != node)
            return;
        if (part.IsEmpty)
            _waiting.TryRemove(number, out _);
        asked.Waiter(part);
    }

    /// <summary>A node has ended: its answers are as whole as they will be.</summary>
    internal void End(RunningNode node)
    {
        foreach ((uint number, (RunningNode asked, Waiter waiter)) in _waiting)
            if (asked == node && _waiting.TryRemove(number, out _))
                waiter(default);
    }

    /// <inheritdoc/>
    public void Dispose() => _waiting.Clear();
}
