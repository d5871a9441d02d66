using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>What is known of a job, as bytes: on the disk and to clients.</summary>
internal static class JobCodec
{
    /// <summary>The least bytes of a code with its nodes, and of a job.</summary>
    private const int LeastCode = 8, LeastJob = 32;

    internal static void Write(JobHead head, PayloadWriter payload)
    {
        payload.Number((long)head.Number);
        payload.Number(head.Started.ToUnixTimeMilliseconds());
        payload.Nodes(head.Target);
        payload.Nodes(head.NotUp);
        XprocCodec.Write(head.Spec, payload);
    }

    internal static JobHead ReadHead(ref PayloadReader reader) =>
        new((ulong)reader.Number(), ReadTime(ref reader), reader.Nodes(), reader.Nodes(), XprocCodec.ReadSpec(ref reader));

    internal static void Write(JobResult result, PayloadWriter payload)
    {
        payload.Small((uint)result.ByCode.Count);
        foreach ((int code, NodeSet nodes) in result.ByCode)
        {
            payload.Small((uint)code);
            payload.Nodes(nodes);
        }

        payload.Nodes(result.Refused);
        payload.Nodes(result.Lost);
        payload.Nodes(result.NotUp);
        payload.Nodes(result.Pending);
        payload.Number(result.DroppedBytes);
        payload.Text(result.Problem ?? "");
    }

    internal static JobResult ReadResult(ref PayloadReader reader)
    {
        var codes = new SortedDictionary<int, NodeSet>();
        for (int left = reader.Count(LeastCode); left > 0 && reader.IsGoodSoFar; left--)
            codes[(int)reader.Small()] = reader.Nodes();
        return new JobResult
        {
            ByCode = codes,
            Refused = reader.Nodes(),
            Lost = reader.Nodes(),
            NotUp = reader.Nodes(),
            Pending = reader.Nodes(),
            DroppedBytes = Math.Max(0, reader.Number()),
            Problem = reader.Text() is { Length: > 0 } problem ? problem : null,
        };
    }

    internal static void Write(IReadOnlyCollection<JobSummary> jobs, PayloadWriter payload)
    {
        payload.Small((uint)jobs.Count);
        foreach (JobSummary job in jobs)
        {
            Write(job.Head, payload);
            Write(job.Result, payload);
            Write(job.Ended, payload);
        }
    }

    internal static List<JobSummary> ReadJobs(ref PayloadReader reader)
    {
        var jobs = new List<JobSummary>();
        for (int left = reader.Count(LeastJob); left > 0 && reader.IsGoodSoFar; left--)
            jobs.Add(new JobSummary(ReadHead(ref reader), ReadResult(ref reader), ReadEnd(ref reader)));
        return jobs;
    }

    internal static void Write(DateTimeOffset? time, PayloadWriter payload) => payload.Number(time?.ToUnixTimeMilliseconds() ?? 0);

    internal static DateTimeOffset? ReadEnd(ref PayloadReader reader) => ReadTime(ref reader) is var time && time > DateTimeOffset.UnixEpoch ? time : null;

    private static DateTimeOffset ReadTime(ref PayloadReader reader) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(reader.Number(), 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
}
