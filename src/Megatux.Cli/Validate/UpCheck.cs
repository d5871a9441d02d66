using System.Diagnostics;
using Megatux.Model;
using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>All nodes can be given work.</summary>
/// <param name="client">The experiment's root.</param>
/// <param name="wait">How long they may take.</param>
internal sealed class UpCheck(XprocClient client, TimeSpan wait) : INodeCheck
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public string Name => Validation.Up;

    /// <inheritdoc/>
    public required NodeSet Nodes { get; init; }

    /// <inheritdoc/>
    public NodeQuota Quota => NodeQuota.All;

    /// <inheritdoc/>
    public async Task RunAsync(CheckTally tally, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            NodeStates states = await client.NodesAsync(cancellation).ConfigureAwait(false);
            tally.Fail(Nodes, "down");
            tally.Fail(Nodes.Intersect(states.Error), "failed, and is started again");
            tally.Fail(Nodes.Intersect(states.Boot), "being started");
            tally.Pass(Nodes.Intersect(states.Up));
            if (tally.Holds || clock.Elapsed >= wait)
                return;
            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }
    }
}
