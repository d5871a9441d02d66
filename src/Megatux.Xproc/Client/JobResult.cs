using Megatux.Model;

namespace Megatux.Xproc;

/// <summary>What has come of a job: each of the nodes that were meant is in exactly one set.</summary>
public sealed record JobResult
{
    /// <summary>What a node counts as, among exit codes, that did not run the job to its end.</summary>
    public const int NotRun = 255;

    /// <summary>Nodes that ended it, by exit code as a shell has it.</summary>
    public required IReadOnlyDictionary<int, NodeSet> ByCode { get; init; }

    /// <summary>Nodes that could not start it; a record of each says why.</summary>
    public required NodeSet Refused { get; init; }

    /// <summary>Nodes that ended before they ended it, or were given up.</summary>
    public required NodeSet Lost { get; init; }

    /// <summary>Nodes that could not be given work when it was started.</summary>
    public required NodeSet NotUp { get; init; }

    /// <summary>Nodes that have not ended it yet; none once it is over.</summary>
    public required NodeSet Pending { get; init; }

    /// <summary>How many bytes of output were not kept, those counted once that several nodes wrote alike.</summary>
    public long DroppedBytes { get; init; }

    /// <summary>Why not all could be kept that came of it; null if all was, but for <see cref="DroppedBytes"/>.</summary>
    public string? Problem { get; init; }

    /// <summary>Nodes whose exit code is 0.</summary>
    public NodeSet Succeeded => ByCode.TryGetValue(0, out NodeSet? nodes) ? nodes : NodeSet.Empty;

    /// <summary>Nodes whose exit code is another.</summary>
    public NodeSet Failed => NodeSet.UnionOf(ByCode.Where(code => code.Key != 0).Select(code => code.Value));

    /// <summary>How many nodes were meant.</summary>
    public long Count => ByCode.Values.Sum(nodes => nodes.Count) + Refused.Count + Lost.Count + NotUp.Count + Pending.Count;

    /// <summary>True when all nodes that were meant ended it with exit code 0.</summary>
    public bool IsSuccess => ExitCode == 0;

    /// <summary>The greatest exit code of all nodes; one that did not run the job to its end counts as <see cref="NotRun"/>.</summary>
    public int ExitCode
    {
        get
        {
            int greatest = ByCode.Count == 0 ? 0 : ByCode.Keys.Max();
            return Refused.IsEmpty && Lost.IsEmpty && NotUp.IsEmpty && Pending.IsEmpty ? greatest : Math.Max(greatest, NotRun);
        }
    }

    internal static JobResult Of(JobCollector collector, NodeSet notUp, long droppedBytes, string? problem) => new()
    {
        ByCode = new SortedDictionary<int, NodeSet>(collector.ByCode.ToDictionary()),
        Refused = collector.Refused,
        Lost = collector.Lost,
        NotUp = notUp,
        Pending = collector.Pending,
        DroppedBytes = droppedBytes,
        Problem = problem,
    };
}
