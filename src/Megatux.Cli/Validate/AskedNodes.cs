using System.Diagnostics;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>A command that nodes were asked to run, as a job. It ends with its time or with this, on the nodes too.</summary>
/// <param name="client">The experiment's root.</param>
/// <param name="words">The command.</param>
/// <param name="nodes">The nodes.</param>
/// <param name="limit">How long it may run on a node.</param>
internal sealed class AskedNodes(XprocClient client, IReadOnlyList<string> words, NodeSet nodes, TimeSpan limit)
{
    /// <summary>What is said of nodes that have not ended it when its time was over.</summary>
    internal const string NotEnded = "it did not end in time";

    /// <summary>How a shell has it that SIGKILL ended a command.</summary>
    private const int Killed = 128 + 9;

    /// <summary>How long answers may be under way after the time is over.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5), EndLimit = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Those that have not answered.</summary>
    internal NodeSet Open { get; private set; } = nodes;

    /// <summary>Runs it to its end.</summary>
    /// <param name="take">Is told what nodes answer: each node once.</param>
    /// <param name="cancellation">Ends it, on the nodes too.</param>
    internal async Task RunAsync(Action<NodeAnswer> take, CancellationToken cancellation)
    {
        try
        {
            using XprocJob job = await client.RunAsync(new JobSpec { Words = words, Limit = limit }, Open, cancellation).ConfigureAwait(false);
            bool isDone = false;
            try
            {
                await FollowAsync(job, take, cancellation).ConfigureAwait(false);
                isDone = job.IsOver;
            }
            finally
            {
                if (!isDone)
                    await EndAsync(job.Head.Number).ConfigureAwait(false);
            }
        }
        finally
        {
            Open = NodeSet.Empty;
        }
    }

    private async Task FollowAsync(XprocJob job, Action<NodeAnswer> take, CancellationToken cancellation)
    {
        Answer(new NodeAnswer(job.Head.NotUp, "", "", null, "not up"));
        var gather = new AnswerGather();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(limit + Grace);
        try
        {
            await foreach (JobRecord record in job.RecordsAsync(late.Token).ConfigureAwait(false))
                foreach (NodeAnswer answer in gather.Take(record))
                    Answer(answer.Code == Killed && _clock.Elapsed >= limit ? answer with { Code = null, Failure = NotEnded } : answer);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Nodes that do not even say that it was killed.
        }

        Answer(new NodeAnswer(Open, "", "", null, NotEnded));

        void Answer(NodeAnswer answer)
        {
            if (answer.Nodes.IsEmpty)
                return;
            Open = Open.Except(answer.Nodes);
            take(answer);
        }
    }

    private async Task EndAsync(ulong job)
    {
        using var patience = new CancellationTokenSource(EndLimit);
        try
        {
            await client.GiveUpAsync(job, cancellation: patience.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is MegatuxException or OperationCanceledException)
        {
            // Then the time that was given for it ends it.
        }
    }
}
