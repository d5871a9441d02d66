using System.Globalization;
using Megatux.Model;
using Megatux.Pushmon;

namespace Megatux.Cli;

/// <summary>
/// Something that must hold of nodes' samples. The levels of monitoring compute of which nodes it holds; it must do so of
/// enough of them in one report.
/// </summary>
/// <param name="running">The experiment.</param>
/// <param name="expression">What must hold.</param>
internal sealed class ExpressionCheck(RunningExperiment running, string expression) : INodeCheck
{
    private const string Prefix = "validate-";

    /// <summary>Reports without the reduction after which it is put again: another who validates may have ended it.</summary>
    private const int MostWithout = 10;

    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public required NodeSet Nodes { get; init; }

    /// <inheritdoc/>
    public required NodeQuota Quota { get; init; }

    /// <summary>By when it must hold.</summary>
    internal required TimeSpan Within { get; init; }

    private string Reduction => Prefix + Name;

    /// <inheritdoc/>
    public async Task RunAsync(CheckTally tally, CancellationToken cancellation)
    {
        MonitorClient client = running.Monitor();
        string program = NodeCondition.ProgramOf(expression);
        await client.PutProgramAsync(Reduction, program, cancellation).ConfigureAwait(false);
        try
        {
            using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            late.CancelAfter(Within);
            int without = 0;
            try
            {
                await foreach (MonitorReport report in client.WatchAsync(null, late.Token).ConfigureAwait(false))
                {
                    if (report.Find(Reduction)?.Find<GroupValue>(NodeCondition.Key) is not { } group)
                    {
                        if (++without % MostWithout == 0)
                            await client.PutProgramAsync(Reduction, program, late.Token).ConfigureAwait(false);
                        Explain(tally, Nodes, report);
                        continue;
                    }

                    Take(tally, group, report);
                    if (tally.Holds)
                        return;
                }
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // It has not held in time.
            }
        }
        finally
        {
            await ForgetAsync(client).ConfigureAwait(false);
        }
    }

    private void Take(CheckTally tally, GroupValue group, MonitorReport report)
    {
        NodeSet holds = NodesOf(NodeCondition.Holds), fails = NodesOf(NodeCondition.Fails);
        tally.Fail(Nodes.Intersect(fails), "it does not hold");
        Explain(tally, Nodes.Except(holds).Except(fails), group.Others == 0 ? report : null);
        tally.Pass(holds.Intersect(Nodes));

        NodeSet NodesOf(string value) => NodeSet.UnionOf(group.Groups.Where(known => known.Value.Text == value).Select(known => known.Nodes));
    }

    private void Explain(CheckTally tally, NodeSet silent, MonitorReport? report) => tally.Fail(silent,
        report is null ? "whether it holds cannot be told: the set of nodes that are alike is too long; check fewer nodes"
        : report.Problems.FirstOrDefault(problem => problem.Name == Reduction) is { } problem ? $"nothing is known of it; {problem.Count.ToString(CultureInfo.InvariantCulture)} times it could not be computed: {problem.Text}"
        : "nothing is known of it");

    private async Task ForgetAsync(MonitorClient client)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await client.ForgetAsync(Reduction, limit.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is MegatuxException or OperationCanceledException)
        {
            // Somebody else has ended it, or there is no root any more.
        }
    }
}
