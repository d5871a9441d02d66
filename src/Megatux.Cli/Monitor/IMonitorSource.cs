using Megatux.Model;
using Megatux.Pushmon;

namespace Megatux.Cli;

/// <summary>Where reports come from: an experiment that runs, or a record of one.</summary>
internal interface IMonitorSource
{
    /// <summary>What it is called.</summary>
    string Name { get; }

    /// <summary>The experiment; null for a record, which has no more than it shows.</summary>
    Experiment? Plan { get; }

    /// <summary>Reports as they come.</summary>
    /// <param name="raw">Nodes whose samples are wanted as they are; a record has those that were wanted then.</param>
    /// <param name="cancellation">Ends it.</param>
    IAsyncEnumerable<MonitorReport> WatchAsync(NodeSet? raw, CancellationToken cancellation);

    /// <summary>A set of nodes as a person writes it.</summary>
    /// <exception cref="MegatuxException">It is none, or of nodes that the experiment does not have.</exception>
    NodeSet SetOf(string text);
}
