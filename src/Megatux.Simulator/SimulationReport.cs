namespace Megatux.Simulator;

/// <summary>What happened in a run. Times are those of the virtual clock, which passes while messages are under way, not while they are worked on.</summary>
public sealed record SimulationReport
{
    /// <summary>The run's seed.</summary>
    public required int Seed { get; init; }

    /// <summary>All that happened, as a number: the same for the same options.</summary>
    public required ulong Digest { get; init; }

    /// <summary>From the first host's start until the root knew that all nodes are up; null if faults began before.</summary>
    public required TimeSpan? Formation { get; init; }

    /// <summary>How many links the lowest daemon was away from the root.</summary>
    public required int Depth { get; init; }

    /// <summary>The most children that a daemon had.</summary>
    public required int MostChildren { get; init; }

    /// <summary>The most messages that one daemon took and sent until all were up, but for beats and those of monitoring.</summary>
    public required long FormationMessages { get; init; }

    /// <summary>The same, for a command on all nodes.</summary>
    public required long CommandMessages { get; init; }

    /// <summary>The most bytes that waited in a link.</summary>
    public required long LongestQueue { get; init; }

    /// <summary>How many links were closed because too much waited in them.</summary>
    public required int Overflows { get; init; }

    /// <summary>From the last fault until every daemon had a way to the root, and the root knew that all nodes are up.</summary>
    public required TimeSpan Settled { get; init; }

    /// <summary>From the loss of a secondary master until all that were below it had a way to the root again; null if there was none.</summary>
    public required TimeSpan? Healed { get; init; }

    /// <summary>How many faults there were, by kind.</summary>
    public required IReadOnlyList<KeyValuePair<string, int>> Faults { get; init; }

    /// <summary>The jobs, in the order in which they were started; the last is a command on all nodes when nothing goes wrong.</summary>
    public required IReadOnlyList<SimulatedJob> Jobs { get; init; }

    /// <summary>How many bytes of programs that jobs brought hosts were sent, all together.</summary>
    public required long ProgramBytes { get; init; }

    /// <summary>What became of monitoring; null if nodes said nothing of themselves.</summary>
    public required SimulatedMonitoring? Monitoring { get; init; }

    /// <summary>How many events there were.</summary>
    public required long Events { get; init; }

    /// <summary>How long the run was, on the virtual clock.</summary>
    public required TimeSpan Length { get; init; }
}
