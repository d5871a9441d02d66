using Megatux.Model;
using Megatux.Pushmon;

namespace Megatux.Cli;

/// <summary>An experiment that runs.</summary>
internal sealed class LiveSource(RunningExperiment running) : IMonitorSource
{
    private readonly MonitorClient _client = running.Monitor();
    private readonly Experiment _plan = running.Plan();

    /// <inheritdoc/>
    public string Name => running.Name;

    /// <inheritdoc/>
    public Experiment Plan => _plan;

    /// <inheritdoc/>
    public IAsyncEnumerable<MonitorReport> WatchAsync(NodeSet? raw, CancellationToken cancellation) => _client.WatchAsync(raw, cancellation);

    /// <inheritdoc/>
    public NodeSet SetOf(string text) =>
        NodeSelection.RequireKnown(_plan, NodeSelection.Of(_plan, text, () => running.Jobs().NodesAsync().GetAwaiter().GetResult()));
}
