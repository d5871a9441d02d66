using System.Diagnostics;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>
/// A command that nodes run, and what is made of their answers. While it does not hold on enough of them, those that it does
/// not hold on are asked again, after a pause that grows: a service may need a moment. Who hangs holds up nobody else.
/// </summary>
internal sealed class CommandCheck(XprocClient client) : INodeCheck
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(5), ShortestTry = TimeSpan.FromMilliseconds(500), Look = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public required NodeSet Nodes { get; init; }

    /// <inheritdoc/>
    public NodeQuota Quota { get; init; } = NodeQuota.All;

    /// <summary>By when it must hold.</summary>
    internal required TimeSpan Within { get; init; }

    /// <summary>What nodes run: some of the nodes with the same words each.</summary>
    internal required Func<NodeSet, IEnumerable<(NodeSet Nodes, IReadOnlyList<string> Words)>> Commands { get; init; }

    /// <summary>Why an answer of a command that ended is not what it must be; null if it is.</summary>
    internal required Func<NodeAnswer, string?> Judge { get; init; }

    /// <summary>Whether nodes are asked again.</summary>
    internal bool Repeats { get; init; } = true;

    /// <inheritdoc/>
    public async Task RunAsync(CheckTally tally, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var asked = new List<(AskedNodes Nodes, Task Task)>();
        try
        {
            NodeSet due = Nodes;
            TimeSpan pause = FirstPause;
            for (bool isFirst = true; ; isFirst = false)
            {
                NodeSet up = (await client.NodesAsync(cancellation).ConfigureAwait(false)).Up;
                if (due.Except(up) is { IsEmpty: false } down)
                    tally.Fail(down, "not up");
                foreach ((NodeSet nodes, IReadOnlyList<string> words) in Commands(due.Intersect(up)).Where(command => !command.Nodes.IsEmpty))
                {
                    var round = new AskedNodes(client, words, nodes, Within - clock.Elapsed);
                    bool isAgain = !isFirst;
                    asked.Add((round, round.RunAsync(answer => Take(tally, answer, isAgain), stop.Token)));
                }

                if (!await HasFailedAsync(tally, asked, clock, pause, stop.Token).ConfigureAwait(false))
                    return;
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                due = tally.Failing.Except(NodeSet.UnionOf(asked.Select(round => round.Nodes.Open)));
            }
        }
        finally
        {
            // What runs on nodes is ended before anything else is asked of them.
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(asked.Select(round => round.Task)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits until nodes are to be asked again.</summary>
    /// <returns>False when nobody is: it holds, cannot hold any more, or there is no time.</returns>
    private async Task<bool> HasFailedAsync(CheckTally tally, List<(AskedNodes Nodes, Task Task)> asked, Stopwatch clock, TimeSpan pause, CancellationToken cancellation)
    {
        TimeSpan until = clock.Elapsed + pause;
        while (true)
        {
            bool isSettled = asked.All(round => round.Task.IsCompleted);
            foreach ((_, Task task) in asked.Where(round => round.Task.IsCompleted))
                await task.ConfigureAwait(false);
            asked.RemoveAll(round => round.Task.IsCompleted);
            if (isSettled && (tally.Holds || tally.IsExceeded || !Repeats))
                return false;
            TimeSpan left = Within - clock.Elapsed;
            if (isSettled && left < ShortestTry)
                return false;

            // Those that wait behind others which have not answered are asked again, too.
            if (Repeats && clock.Elapsed >= until && left >= ShortestTry && !tally.Failing.Except(NodeSet.UnionOf(asked.Select(round => round.Nodes.Open))).IsEmpty)
                return true;
            await Task.Delay(Look, cancellation).ConfigureAwait(false);
        }
    }

    private void Take(CheckTally tally, NodeAnswer answer, bool isAgain)
    {
        // One that was asked again when there was little time left failed for the reason that it gave before.
        if (isAgain && answer.Failure == AskedNodes.NotEnded)
            return;
        string? reason = answer.Failure == AskedNodes.NotEnded ? $"{answer.Failure} ({Within.TotalSeconds:0.###} s)" : answer.Failure ?? Judge(answer);
        if (reason is null)
            tally.Pass(answer.Nodes);
        else
            tally.Fail(answer.Nodes, reason);
    }
}
