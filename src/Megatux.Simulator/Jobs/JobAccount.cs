using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Simulator;

/// <summary>A job, and what has come of it.</summary>
internal sealed class JobAccount(JobScript script, NodeSet target, TimeSpan started)
{
    internal JobScript Script { get; } = script;

    internal NodeSet Target { get; } = target;

    internal TimeSpan Started { get; } = started;

    internal TimeSpan? Ended { get; set; }

    /// <summary>What the root wrote down, as a journal would have it.</summary>
    internal List<JobRecord> Journal { get; } = [];

    /// <summary>By name; of many nodes, none.</summary>
    internal Dictionary<string, NodeAccount> Nodes { get; } = [];

    /// <summary>Of many nodes, those that said each thing.</summary>
    internal Dictionary<RecordKind, NodeSet> Sets { get; } = [];

    /// <summary>How many processes were started.</summary>
    internal long Starts { get; set; }

    internal long CountOf(RecordKind end) => Sets.TryGetValue(end, out NodeSet? nodes) ? nodes.Count : Nodes.Values.Count(node => node.End == end);
}
