namespace Megatux.Cli;

/// <summary>What the numbers of a family are.</summary>
internal enum MetricKind
{
    /// <summary>Numbers that go up and down.</summary>
    Gauge,

    /// <summary>How many lie where, at the moment.</summary>
    Histogram,
}
