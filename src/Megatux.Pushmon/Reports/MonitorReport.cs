using Megatux.Model;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>What the root of an experiment says once an interval: what the nodes' samples were reduced to, and some samples as they are.</summary>
/// <remarks>Written as one line, an S-expression: docs/pushmon.md. What a reader does not know of it, it keeps.</remarks>
public sealed record MonitorReport
{
    /// <summary>When the root made it.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How long after each other reports are made.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many nodes' samples are in it.</summary>
    public long Contributors { get; init; }

    /// <summary>How many nodes are expected to contribute.</summary>
    public long Expected { get; init; }

    /// <summary>Age of the oldest sample in it, in seconds; null if there is none.</summary>
    public double? OldestAge { get; init; }

    /// <summary>Age of the newest sample in it, in seconds; null if there is none.</summary>
    public double? NewestAge { get; init; }

    /// <summary>How many samples were dropped on their way.</summary>
    public long Dropped { get; init; }

    /// <summary>What came of each reduction.</summary>
    public IReadOnlyList<ReductionResult> Reductions { get; init; } = [];

    /// <summary>What went wrong in reductions.</summary>
    public IReadOnlyList<ReductionProblem> Problems { get; init; } = [];

    /// <summary>Samples of the nodes that were asked for.</summary>
    public IReadOnlyList<RawSample> Raw { get; init; } = [];

    /// <summary>What the fields of these samples mean.</summary>
    public IReadOnlyList<SampleSchema> Schemas { get; init; } = [];

    /// <summary>Parts of it that this reader does not know.</summary>
    public IReadOnlyList<Datum> Others { get; init; } = [];

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, with or without its end.</param>
    /// <param name="where">Where the line stands, for errors.</param>
    /// <exception cref="MegatuxException">It is no report (<see cref="ErrorCodes.ReportMalformed"/>).</exception>
    public static MonitorReport Parse(ReadOnlySpan<byte> line, SourceLocation? where = null) => From(ReportReader.ReadLine(line, where), where);

    /// <summary>The report that a datum is.</summary>
    /// <inheritdoc cref="Parse"/>
    internal static MonitorReport From(Datum datum, SourceLocation? where = null) => ReportReader.Read(datum, where);

    /// <summary>The line, with its end.</summary>
    public byte[] ToLine() => [.. ReportWriter.Of(this).ToUtf8(), (byte)'\n'];

    /// <summary>What came of a reduction; null if the report has nothing of it.</summary>
    public ReductionResult? Find(string reduction) => Reductions.FirstOrDefault(result => result.Name == reduction);

    /// <summary>What the fields of a node's sample mean; null if the report does not say.</summary>
    public SampleSchema? SchemaOf(string node) => Schemas.FirstOrDefault(schema => schema.Nodes.Contains(node));
}
