using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <content>
/// Input: passed on as fast as the slowest node takes it, and said again to nodes to which some of it did not come.
/// </content>
public sealed partial class JobServer
{
    /// <summary>How long input waits for nodes that are on their way back, and how often it is looked whether slow ones have ended.</summary>
    private static readonly TimeSpan InputPause = TimeSpan.FromMilliseconds(100);

    /// <summary>How long nodes that have not taken all are left alone before they are asked; each time that they say nothing new, twice as long.</summary>
    private static readonly TimeSpan AskPause = TimeSpan.FromSeconds(2), LongestAskPause = TimeSpan.FromSeconds(30);

    private readonly Dictionary<ulong, InputFlow> _inputs = [];

    /// <inheritdoc/>
    public void InputLost(ulong job, NodeSet nodes, long offset)
    {
        if (!_inputs.TryGetValue(job, out InputFlow? flow) || nodes.IsEmpty)
            return;

        // Not here and now: whoever tells of it is in the middle of something.
        _post(() =>
        {
            // It said before that it has taken more.
            if (!flow.HasFrom(offset))
                _root!.Signal(job, nodes, Killing);
            foreach (InputMessage piece in flow.From(job, nodes, offset))
                _root!.Router?.Tell(piece);
        });
    }

    /// <inheritdoc/>
    public void InputTaken(ulong job, NodeSet nodes, long bytes)
    {
        if (_root!.Find(job) is not { } collector || _store.Find(job) is not { Head.Spec.HasInput: true })
            return;
        InputFlow flow = FlowOf(job);
        flow.Took(nodes, bytes);
        flow.Settle(collector.Pending);
    }

    /// <summary>
    /// Passes on a piece of input once all nodes that have not ended the job are there (those that are on their way back, as
    /// after the loss of a daemon above them, would miss it), and have taken most of what came before it.
    /// </summary>
    private async Task InputAsync(byte[] payload)
    {
        while (await OnRootAsync(() => TryInput(payload)).ConfigureAwait(false) is { } obstacle)
            await Task.WhenAny(obstacle, Task.Delay(InputPause, _listener.Stopping)).ConfigureAwait(false);
        _listener.Stopping.ThrowIfCancellationRequested();
    }

    /// <returns>What to wait for; null when it was passed on.</returns>
    private Task? TryInput(byte[] payload)
    {
        _listener.Stopping.ThrowIfCancellationRequested();
        var reader = new PayloadReader(payload);
        ulong number = (ulong)reader.Number();
        (long offset, bool isLast, byte[] bytes) = (reader.Number(), reader.Flag(), reader.Bytes().ToArray());
        if (!reader.IsGood || offset < 0 || bytes.Length > XprocJob.LongestInput)
            throw Malformed();
        if (!JobOf(number).Head.Spec.HasInput)
            throw new MegatuxException(ErrorCodes.JobMalformed, "The job was started without input, and its processes take none: start one with input.");
        if (_root!.Find(number) is not { } collector)
            return null;
        if (_root.Router is not { } router || !collector.Pending.Except(_nodes().Up).IsEmpty)
            return Task.Delay(InputPause, _listener.Stopping);
        InputFlow flow = FlowOf(number);
        flow.Settle(collector.Pending);
        if (!flow.HasRoom(offset + bytes.Length))
            return flow.Moved;
        flow.Add(offset, bytes, isLast);
        router.Tell(new InputMessage(number, collector.Pending, offset, bytes, isLast));
        return null;
    }

    private InputFlow FlowOf(ulong job)
    {
        if (_inputs.TryGetValue(job, out InputFlow? flow))
            return flow;
        _inputs.Add(job, flow = new InputFlow());
        _ = AskAsync(job, flow);
        return flow;
    }

    // What is lost shows by what follows it, but nothing follows the last piece, or one that fills what may be on its way.
    private async Task AskAsync(ulong job, InputFlow flow)
    {
        try
        {
            long before = -1;
            for (TimeSpan pause = AskPause; ;)
            {
                await Task.Delay(pause, _listener.Stopping).ConfigureAwait(false);
                if (await OnRootAsync(() => Ask(job, flow)).ConfigureAwait(false) is not { } low)
                    return;
                pause = low != before ? AskPause : pause * 2 < LongestAskPause ? pause * 2 : LongestAskPause;
                before = low;
            }
        }
        catch (Exception over) when (over is OperationCanceledException or TimeoutException)
        {
            // The root ends, or stands still.
        }
    }

    /// <returns>How much all have taken; null when the job is over.</returns>
    private long? Ask(ulong job, InputFlow flow)
    {
        if (_root!.Find(job) is not { } collector)
            return null;
        flow.Settle(collector.Pending);
        if (flow.Behind(collector.Pending) is { IsEmpty: false } behind)
            _root.Router?.Tell(new InputMessage(job, behind, flow.End, ReadOnlyMemory<byte>.Empty, flow.IsWhole));
        return flow.Low;
    }
}
