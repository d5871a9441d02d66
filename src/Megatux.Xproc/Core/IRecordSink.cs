namespace Megatux.Xproc;

/// <summary>Where records end that have come up all the way.</summary>
public interface IRecordSink
{
    /// <summary>Takes records of a job, which may have come before.</summary>
    void Take(ulong job, IReadOnlyList<JobRecord> records, TimeSpan now);

    /// <summary>The nodes that can be given work may be others now.</summary>
    void NodesChanged(TimeSpan now);
}
