using Megatux.Model;

namespace Megatux.Xproc;

/// <summary>
/// What has come of a job: of each node its records once and in order, whichever ways and how often they came. Keeps nodes
/// by how far they are, not one by one.
/// </summary>
public sealed class JobCollector
{
    private readonly SortedDictionary<uint, NodeSet> _byNext = [];
    private readonly SortedDictionary<int, NodeSet> _byCode = [];

    /// <param name="target">The nodes that the job was started on.</param>
    public JobCollector(NodeSet target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Target = target;
        Pending = target;
        if (!target.IsEmpty)
            _byNext.Add(0, target);
    }

    /// <summary>The nodes that the job was started on.</summary>
    public NodeSet Target { get; }

    /// <summary>Those that have not ended it, and are not lost.</summary>
    public NodeSet Pending { get; private set; }

    /// <summary>Those that ended before they ended it.</summary>
    public NodeSet Lost { get; private set; } = NodeSet.Empty;

    /// <summary>Those that could not start it.</summary>
    public NodeSet Refused { get; private set; } = NodeSet.Empty;

    /// <summary>Those that ended it, by exit code.</summary>
    public IReadOnlyDictionary<int, NodeSet> ByCode => _byCode;

    /// <summary>True when nothing is to come, as far as is known.</summary>
    public bool IsComplete => Pending.IsEmpty;

    /// <summary>Takes a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="arrived">The nodes whose record need not come again.</param>
    /// <returns>The record with the nodes of which it is news; null when it is of none.</returns>
    public JobRecord? Take(JobRecord record, out NodeSet arrived)
    {
        ArgumentNullException.ThrowIfNull(record);
        arrived = NodeSet.Empty;
        if (record.Kind == RecordKind.Lost)
            return Lose(record.Nodes) is { IsEmpty: false } lost ? record with { Nodes = lost } : null;
        NodeSet ahead = NodeSet.Empty;
        foreach ((uint next, NodeSet nodes) in _byNext)
            if (next > record.Sequence)
                ahead = ahead.Union(nodes.Intersect(record.Nodes));
        NodeSet news = _byNext.TryGetValue(record.Sequence, out NodeSet? awaited) ? awaited.Intersect(record.Nodes) : NodeSet.Empty;
        arrived = ahead.Union(news);
        if (news.IsEmpty)
            return null;
        Move(record.Sequence, awaited!, news);
        if (record.IsLast)
            End(record, news);
        return record with { Nodes = news };
    }

    /// <summary>Gives nodes up.</summary>
    /// <returns>Those of them that had not ended.</returns>
    public NodeSet Lose(NodeSet nodes)
    {
        NodeSet lost = Pending.Intersect(nodes);
        Pending = Pending.Except(lost);
        Lost = Lost.Union(lost);
        return lost;
    }

    private void Move(uint sequence, NodeSet awaited, NodeSet news)
    {
        NodeSet rest = awaited.Except(news);
        if (rest.IsEmpty)
            _byNext.Remove(sequence);
        else
            _byNext[sequence] = rest;
        _byNext[sequence + 1] = _byNext.TryGetValue(sequence + 1, out NodeSet? there) ? there.Union(news) : news;
    }

    // One that was given up and answers after all has not been lost.
    private void End(JobRecord record, NodeSet nodes)
    {
        Pending = Pending.Except(nodes);
        Lost = Lost.Except(nodes);
        if (record.ExitCode is { } code)
            _byCode[code] = _byCode.TryGetValue(code, out NodeSet? others) ? others.Union(nodes) : nodes;
        else
            Refused = Refused.Union(nodes);
    }
}
