using System.Buffers;
using System.Globalization;
using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <content>Requests: each is answered on the thread of the root.</content>
public sealed partial class JobServer
{
    /// <summary>SIGKILL, and the greatest number that a signal has (include/uapi/asm-generic/signal.h).</summary>
    private const int Killing = 9, GreatestSignal = 64;

    private StoredJob Run(byte[] payload)
    {
        var reader = new PayloadReader(payload);
        (ulong number, NodeSet nodes) = ((ulong)reader.Number(), reader.Nodes());
        JobSpec spec = XprocCodec.ReadSpec(ref reader);
        if (!reader.IsGood)
            throw Malformed();

        // A client asks again when the root was another before it answered.
        if (_store.Find(number) is { } known)
            return known;
        Check(spec);
        if (_store.Running.Count() >= MostJobs)
            throw new MegatuxException(ErrorCodes.JobsTooMany, $"{MostJobs} jobs run in the experiment, and no more can at once: wait for some to end, or end them with megatux kill.");
        NodeSet target = nodes.Intersect(_nodes().Up);
        StoredJob job = _store.Create(new JobHead(number, DateTimeOffset.UtcNow, target, nodes.Except(target), spec));
        _root!.Start(number, spec, target, _clock());
        return job;
    }

    private (StoredJob Job, long Position) Attach(byte[] payload)
    {
        var reader = new PayloadReader(payload);
        StoredJob job = JobOf((ulong)reader.Number());
        long position = reader.Number();
        if (!reader.IsGood)
            throw Malformed();
        return (job, position < 0 || position > job.Length ? job.Length : position);
    }

    private bool Signal(byte[] payload)
    {
        var reader = new PayloadReader(payload);
        StoredJob job = JobOf((ulong)reader.Number());
        (NodeSet nodes, uint signal) = (reader.Nodes(), reader.Small());
        if (!reader.IsGood || signal > GreatestSignal)
            throw Malformed();
        _root!.Signal(job.Head.Number, nodes.IsEmpty ? job.Head.Target : nodes, (int)signal);
        return true;
    }

    private bool Lose(byte[] payload)
    {
        var reader = new PayloadReader(payload);
        (StoredJob job, NodeSet nodes) = (JobOf((ulong)reader.Number()), reader.Nodes());
        if (!reader.IsGood)
            throw Malformed();
        GiveUp(job.Head.Number, nodes.IsEmpty ? job.Head.Target : nodes);
        return true;
    }

    private ClientFrame List()
    {
        JobSummary[] jobs = [.. _store.Jobs.Select(job => new JobSummary(job.Head, job.Result, job.Ended))];
        return ClientFrame.Of(ClientFrameKind.Jobs, payload => JobCodec.Write(jobs, payload));
    }

    private ClientFrame Nodes()
    {
        NodeStates states = _nodes();
        return ClientFrame.Of(ClientFrameKind.States, payload => payload.States(states));
    }

    private StoredJob JobOf(ulong number) => _store.Find(number)
        ?? throw new MegatuxException(ErrorCodes.JobUnknown, string.Create(CultureInfo.InvariantCulture, $"There is no job {number:x16}: see megatux jobs for those that are kept."));

    private static void Check(JobSpec spec)
    {
        if (spec.Words is [] or ["", ..])
            throw new MegatuxException(ErrorCodes.JobMalformed, "The job has no command: give a program, and its arguments.");
        if (spec.Words.Concat(spec.Environment).Append(spec.Folder ?? "").Any(text => text.Contains('\0', StringComparison.Ordinal)))
            throw new MegatuxException(ErrorCodes.JobMalformed, "A word of the command holds a NUL, which no program can be given: leave it out.");
        if (spec.Environment.FirstOrDefault(text => text.IndexOf('=', StringComparison.Ordinal) < 1) is { } variable)
            throw new MegatuxException(ErrorCodes.JobMalformed, $"'{variable}' sets no variable: write NAME=VALUE.");
        var bytes = new ArrayBufferWriter<byte>();
        XprocCodec.Write(spec, new PayloadWriter(bytes));
        if (bytes.WrittenCount > MostSpecBytes)
            throw new MegatuxException(ErrorCodes.CommandTooLong,
                $"The command has {bytes.WrittenCount} bytes with its environment and folder, and may have {MostSpecBytes}: put it into a file of an overlay, or give it as input to a shell.");
    }

    private static MegatuxException Malformed() => new(ErrorCodes.JobMalformed, "The root does not understand the request: use a client of its own version.");
}
