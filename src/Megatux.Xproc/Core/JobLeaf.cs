using System.Text;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>
/// Jobs on a node: starts each once, and says what becomes of it until that has arrived. Pure. What it keeps of a job's
/// output is bounded: a process that writes more waits until some of it has arrived.
/// </summary>
public sealed partial class JobLeaf(ILeafEffects effects)
{
    /// <summary>The most bytes of a job's output that a node keeps.</summary>
    public const int MostKept = 32 << 10;

    /// <summary>The most jobs that a node keeps in mind; of those that ended, the oldest are forgotten.</summary>
    public const int MostJobs = 256;

    /// <summary>How long output waits for more.</summary>
    private static readonly TimeSpan OutputPause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long output waits for its acknowledgement before it is said again; each time that none came, twice as long.</summary>
    private static readonly TimeSpan AckLimit = TimeSpan.FromSeconds(5), LongestAckLimit = TimeSpan.FromSeconds(40);

    /// <summary>Few at a time, and one at first: a list takes less than a table.</summary>
    private readonly SortedList<ulong, Job> _jobs = new(1);

    /// <summary>Jobs that are over here, the oldest first: one that comes again, from a daemon that missed its end, is not started again.</summary>
    private Queue<ulong>? _over;
    private long _order;

    /// <summary>When <see cref="Tick"/> has something to do next.</summary>
    public TimeSpan NextTime { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Jobs that the node keeps in mind.</summary>
    public int JobCount => _jobs.Count;

    /// <summary>Takes a message from the daemon of the node's host.</summary>
    public void Receive(TreeMessage message)
    {
        switch (message)
        {
            case RunMessage run:
                Run(run);
                break;
            case AckMessage ack when _jobs.TryGetValue(ack.Job, out Job? job):
                Acknowledge(ack, job);
                break;
            case SignalMessage signal when _jobs.TryGetValue(signal.Job, out Job? job) && !job.HasEnded:
                effects.Signal(signal.Job, signal.Signal);
                break;
            case InputMessage input when _jobs.TryGetValue(input.Job, out Job? job):
                Feed(input, job);
                break;
            case ResendMessage:
                foreach ((ulong number, Job job) in _jobs)
                {
                    if (job.Kept.Count > 0)
                        effects.Send(new RecordsMessage(number, [.. job.Kept]));
                    SayInput(number, job);
                }

                break;
            case ForgetMessage forget:
                Forget(forget.Job);
                break;
        }
    }

    /// <summary>A job's process wrote something, at most <see cref="JobRecord.MostBytes"/>.</summary>
    public void Wrote(ulong number, RecordKind kind, ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, JobRecord.MostBytes);
        if (!_jobs.TryGetValue(number, out Job? job) || bytes.IsEmpty)
            return;
        var news = new List<JobRecord>();
        if (job.Pending.Count > 0 && (job.PendingKind != kind || job.Pending.Count + bytes.Length > JobRecord.MostBytes))
            job.KeepPending(news);
        job.PendingKind = kind;
        job.Pending.AddRange(bytes);
        if (job.Due == TimeSpan.MaxValue)
            Plan(job.Due = now + OutputPause);
        if (job.SayAgain == TimeSpan.MaxValue)
            Plan(job.SayAgain = now + (job.AckLimit = AckLimit));

        Send(number, news);
        Hold(number, job);
    }

    /// <summary>A job's process has ended, and all that it wrote was told.</summary>
    public void Exited(ulong number, int code) => End(number, RecordKind.Exit, JobRecord.BytesOf(code));

    /// <summary>A job's process could not be started.</summary>
    public void CouldNotStart(ulong number, string reason)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(reason);
        End(number, RecordKind.Refused, bytes.AsMemory(0, Math.Min(bytes.Length, JobRecord.MostBytes)));
    }

    /// <summary>Does what the time has come for.</summary>
    public void Tick(TimeSpan now)
    {
        if (now < NextTime)
            return;
        NextTime = TimeSpan.MaxValue;
        foreach ((ulong number, Job job) in _jobs)
        {
            if (job.Due <= now)
            {
                var news = new List<JobRecord>();
                job.KeepPending(news);
                Send(number, news);
            }

            if (job.SayAgain <= now)
                SayAgain(number, job, now);
            Plan(job.Due);
            Plan(job.SayAgain);
        }
    }

    // A daemon that has too much to hold lets output go, and an acknowledgement may take a way on which the node is no more.
    private void SayAgain(ulong number, Job job, TimeSpan now)
    {
        job.SayAgain = TimeSpan.MaxValue;
        if (!job.KeepsOutput && job.Pending.Count == 0)
            return;
        if (job.KeepsOutput && !job.WasAcknowledged)
        {
            effects.Send(new RecordsMessage(number, [.. job.Kept]));
            job.AckLimit = job.AckLimit * 2 < LongestAckLimit ? job.AckLimit * 2 : LongestAckLimit;
        }

        job.WasAcknowledged = false;
        job.SayAgain = now + job.AckLimit;
    }

    private void Plan(TimeSpan time) => NextTime = time < NextTime ? time : NextTime;

    private void Run(RunMessage run)
    {
        if (_jobs.TryGetValue(run.Job, out Job? same))
        {
            // Whoever asks does not know that it has ended, and waits for that.
            if (same.HasEnded)
                effects.Send(new RecordsMessage(run.Job, [.. same.Kept]));
            return;
        }

        if (_over?.Contains(run.Job) == true)
        {
            // The root knows that it is over, and says so to all on the way.
            Refuse(run.Job, "the job is over on this node");
            return;
        }

        if (_jobs.Count >= MostJobs)
        {
            (ulong oldest, Job? job) = _jobs.Where(known => known.Value.HasEnded).OrderBy(known => known.Value.Order).FirstOrDefault();
            if (job is null)
            {
                Refuse(run.Job, $"{MostJobs} jobs run on this node: wait for some to end, or kill them");
                return;
            }

            Forget(oldest);
        }

        _jobs.Add(run.Job, new Job(++_order, run.Spec.HasInput));
        if (run.Problem.Length > 0)
            CouldNotStart(run.Job, run.Problem);
        else
            effects.Start(run.Job, run.Spec, run.Place);
    }

    private void Refuse(ulong number, string reason) =>
        effects.Send(new RecordsMessage(number, [new JobRecord(Model.NodeSet.Empty, 0, RecordKind.Refused, Encoding.UTF8.GetBytes(reason))]));

    private void Forget(ulong number)
    {
        if (!_jobs.Remove(number))
            return;
        (_over ??= new Queue<ulong>()).Enqueue(number);
        if (_over.Count > MostJobs)
            _over.Dequeue();
    }

    private void Acknowledge(AckMessage ack, Job job)
    {
        while (job.Kept.TryPeek(out JobRecord? record) && record.Sequence <= ack.Sequence)
        {
            job.Kept.Dequeue();
            job.KeptBytes -= record.Bytes.Length;
            (job.WasAcknowledged, job.AckLimit) = (true, AckLimit);
        }

        Hold(ack.Job, job);
    }

    private void End(ulong number, RecordKind kind, ReadOnlyMemory<byte> bytes)
    {
        if (!_jobs.TryGetValue(number, out Job? job) || job.HasEnded)
            return;
        var news = new List<JobRecord>();
        job.KeepPending(news);
        job.Keep(kind, bytes, news);
        job.HasEnded = true;

        // Of jobs that are over, many may be kept in mind.
        job.Pending.Capacity = 0;
        Send(number, news);
    }

    private void Send(ulong number, List<JobRecord> news)
    {
        if (news.Count > 0)
            effects.Send(new RecordsMessage(number, news));
    }

    private void Hold(ulong number, Job job)
    {
        bool hold = job.KeptBytes + job.Pending.Count > (job.IsHeld ? MostKept / 2 : MostKept - JobRecord.MostBytes);
        if (hold == job.IsHeld || job.HasEnded)
            return;
        job.IsHeld = hold;
        effects.Hold(number, hold);
    }

    private sealed class Job(long order, bool hasInput)
    {
        private uint _next;

        internal long Order { get; } = order;

        /// <summary>Records that have not arrived.</summary>
        internal Queue<JobRecord> Kept { get; } = new(1);

        internal int KeptBytes { get; set; }

        /// <summary>Whether there are such but the last, which is acknowledged by the job's end.</summary>
        internal bool KeepsOutput => Kept.TryPeek(out JobRecord? first) && !first.IsLast;

        /// <summary>Whether some of it was since that was last looked at.</summary>
        internal bool WasAcknowledged { get; set; }

        internal TimeSpan AckLimit { get; set; }

        internal TimeSpan SayAgain { get; set; } = TimeSpan.MaxValue;

        /// <summary>What was written and is no record yet.</summary>
        internal List<byte> Pending { get; } = [];

        internal RecordKind PendingKind { get; set; }

        internal TimeSpan Due { get; set; } = TimeSpan.MaxValue;

        /// <summary>Null where it has none.</summary>
        internal JobInput? Input { get; } = hasInput ? new JobInput() : null;

        internal bool HasEnded { get; set; }

        internal bool IsHeld { get; set; }

        internal void KeepPending(List<JobRecord> news)
        {
            Due = TimeSpan.MaxValue;
            if (Pending.Count == 0)
                return;
            Keep(PendingKind, Pending.ToArray(), news);
            Pending.Clear();
        }

        internal void Keep(RecordKind kind, ReadOnlyMemory<byte> bytes, List<JobRecord> news)
        {
            var record = new JobRecord(Model.NodeSet.Empty, _next++, kind, bytes);
            Kept.Enqueue(record);
            KeptBytes += bytes.Length;
            news.Add(record);
        }
    }
}
