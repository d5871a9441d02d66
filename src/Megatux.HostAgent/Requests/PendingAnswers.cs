using System.Collections.Concurrent;
using Megatux.Agents;

namespace Megatux.HostAgent;

/// <summary>Requests that were sent down, and who waits for their answers.</summary>
internal sealed class PendingAnswers : IDisposable
{
    private readonly ConcurrentDictionary<uint, Asked> _waiting = new();
    private uint _last;

    /// <summary>Is told of a part of an answer; one without bytes is the end.</summary>
    internal delegate void Waiter(ReadOnlySpan<byte> part);

    /// <summary>Sends a request to a node.</summary>
    /// <returns>The request's number.</returns>
    internal uint Ask(RunningNode node, string request, Waiter waiter)
    {
        uint number = Interlocked.Increment(ref _last);
        PassOn(node, number, request, waiter, long.MaxValue);
        return number;
    }

    /// <summary>Sends a request to a node that is not to be trusted, by the number that it has from above.</summary>
    /// <param name="node">The node.</param>
    /// <param name="number">The request's number.</param>
    /// <param name="request">What it is asked.</param>
    /// <param name="waiter">Who wants to know.</param>
    /// <param name="longest">The most bytes of an answer: where a node says more, it is cut off there, and ends.</param>
    internal void PassOn(RunningNode node, uint number, string request, Waiter waiter, long longest)
    {
        _waiting[number] = new Asked(node, waiter, longest);
        node.Send(ChannelKind.Request, RequestNumber.Before(number, System.Text.Encoding.UTF8.GetBytes(request)));
        if (node.IsSilent)
            End(node);
    }

    /// <summary>Nobody waits any more.</summary>
    internal void Forget(uint number)
    {
        if (_waiting.TryRemove(number, out Asked? asked))
            asked.Node.Send(ChannelKind.Cancel, RequestNumber.Before(number, default));
    }

    /// <summary>Takes a part of an answer, if it comes from the node that was asked.</summary>
    internal void Take(RunningNode node, ReadOnlySpan<byte> payload)
    {
        if (!RequestNumber.TrySplit(payload, out uint number, out ReadOnlySpan<byte> part)
            || !_waiting.TryGetValue(number, out Asked? asked) || asked.Node != node)
            return;
        if (part.Length <= asked.Room)
        {
            asked.Room -= part.Length;
            if (part.IsEmpty)
                _waiting.TryRemove(number, out _);
            asked.Waiter(part);
            return;
        }

        asked.Waiter(part[..(int)asked.Room]);
        asked.Waiter(default);
        Forget(number);
    }

    /// <summary>A node has ended, or its channel has: its answers are as whole as they will be.</summary>
    internal void End(RunningNode node)
    {
        foreach ((uint number, Asked asked) in _waiting)
            if (asked.Node == node && _waiting.TryRemove(number, out _))
                asked.Waiter(default);
    }

    /// <inheritdoc/>
    public void Dispose() => _waiting.Clear();

    private sealed class Asked(RunningNode node, Waiter waiter, long longest)
    {
        internal RunningNode Node { get; } = node;

        internal Waiter Waiter { get; } = waiter;

        /// <summary>How many more bytes the node may say. A node's answers come one after the other.</summary>
        internal long Room { get; set; } = longest;
    }
}
