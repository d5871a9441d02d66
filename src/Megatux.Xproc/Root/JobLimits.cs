namespace Megatux.Xproc;

/// <summary>How much is kept of jobs.</summary>
public sealed record JobLimits
{
    /// <summary>The most jobs that are kept after their end.</summary>
    public int FinishedJobs { get; init; } = 100;

    /// <summary>The most bytes that all of those take.</summary>
    public long FinishedBytes { get; init; } = 1L << 30;

    /// <summary>The most bytes of output that are kept of a job. Of what follows, no more is kept than who said how much.</summary>
    public long JobBytes { get; init; } = 256L << 20;

    /// <summary>The most bytes that even that may take. A job that goes on is ended.</summary>
    public long DroppedRecordBytes { get; init; } = 64L << 20;
}
