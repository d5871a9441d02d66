using Megatux.Model;

namespace Megatux.Xproc;

/// <content>Folding: how long records wait for their like.</content>
public sealed partial class JobRouter
{
    /// <summary>How long the first record of a job waits for those of other nodes.</summary>
    private static readonly TimeSpan FirstHold = TimeSpan.FromMilliseconds(20);

    /// <summary>For each so many nodes that have not ended the job, it waits as long again: of more nodes, more are a little late.</summary>
    private const double HoldNodes = 1000;

    /// <summary>The longest that one waits: each time that not all nodes were in time, the next waits longer.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(500);

    /// <summary>The way on which came what did not come on one.</summary>
    private const long NoLink = long.MinValue;

    /// <summary>How long a job is remembered that no node below is to end.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    /// <summary>The most bytes that wait at one daemon for one job. Of more, output is let go: nodes say again what has not arrived.</summary>
    private const long MostHeld = 1 << 20;

    /// <summary>
    /// The most bytes that are under way to the parent, well below what a link takes: more follows when an acknowledgement has
    /// come down, or after some time.
    /// </summary>
    private const long MostUnderway = 128 << 10;

    /// <summary>How long what is under way keeps more from following.</summary>
    private static readonly TimeSpan UnderwayLimit = TimeSpan.FromSeconds(2);

    private long _underway;
    private TimeSpan _sent;

    /// <summary>The most bytes of output in one message up, so that those of other jobs need not wait long for it.</summary>
    private const int MostInMessage = 32 << 10;

    /// <summary>Does what the time has come for.</summary>
    public void Tick(TimeSpan now)
    {
        if (now < NextTime)
            return;
        NextTime = TimeSpan.MaxValue;
        foreach ((ulong number, Job job) in _jobs)
        {
            if (job.Forget <= now)
            {
                _jobs.Remove(number);
                continue;
            }

            NextTime = job.Forget < NextTime ? job.Forget : NextTime;
            if (job.Due <= now)
            {
                job.Hold = job.Hold * 2 < LongestHold ? job.Hold * 2 : LongestHold;
                Flush(number, job, now);
            }
            else if (job.Due < NextTime)
            {
                NextTime = job.Due;
            }
        }
    }

    private void Lose(ulong number, Job job, NodeSet nodes, TimeSpan now)
    {
        job.Lost = job.Lost.Union(nodes);
        Fold(number, job, new JobRecord(nodes, 0, RecordKind.Lost, default), NoLink, now);
    }

    private void Fold(ulong number, Job job, JobRecord record, long link, TimeSpan now)
    {
        bool isMuch = job.Hear(link, record);
        job.Fold.Add(record, link);
        if (job.Open == 0 || job.Fold.Bytes > MostHeld)
        {
            Flush(number, job, now);
            return;
        }

        if (job.Due == TimeSpan.MaxValue)
        {
            TimeSpan hold = FirstHold * (job.Open / HoldNodes);
            hold = hold > LongestHold ? LongestHold : hold;
            job.Since = now;
            Plan(job.Due = now + (hold > job.Hold ? hold : job.Hold));
        }

        // A node that has to wait until this has arrived says nothing more before: for others it waits as for the first ones.
        if (isMuch && !IsFull(now) && job.Due > job.Since + FirstHold)
            Plan(job.Due = job.Since + FirstHold);
    }

    // After a whole message: what a node says at once is not torn apart.
    private void FlushIfAllWereHeard(ulong number, Job job, TimeSpan now)
    {
        if (job.HasHeardAll && !job.Fold.IsEmpty && !IsFull(now))
            Flush(number, job, now);
    }

    /// <summary>Whether nothing more may follow to the parent before an acknowledgement has come down.</summary>
    private bool IsFull(TimeSpan now) => _sink is null && _underway >= MostUnderway && now < _sent + UnderwayLimit;

    // Who tells that a job is over may have no way left here: its nodes went elsewhere.
    private void PlanForget(Job job, TimeSpan now)
    {
        if (job.Open > 0 || _sink is not null)
        {
            job.Forget = TimeSpan.MaxValue;
            return;
        }

        if (job.Forget == TimeSpan.MaxValue)
            job.Forget = now + Memory;
        NextTime = job.Forget < NextTime ? job.Forget : NextTime;
    }

    private void Flush(ulong number, Job job, TimeSpan now)
    {
        job.Due = TimeSpan.MaxValue;
        job.ListenAnew();
        PlanForget(job, now);
        if (job.Fold.IsEmpty)
            return;
        if (_sink is not null)
        {
            _sink.Take(number, job.Fold.Take(), now);
            return;
        }

        // The nodes say it again once there is a parent.
        if (_parent is { } parent)
            SendUp(number, job, parent, now);
    }

    private void SendUp(ulong number, Job job, long parent, TimeSpan now)
    {
        if (now >= _sent + UnderwayLimit)
            _underway = 0;
        var part = new List<JobRecord>();
        int bytes = 0, sent = 0;
        List<JobRecord> records = job.Fold.Take();
        for (; sent < records.Count && _underway < MostUnderway; sent++)
        {
            int size = records[sent].Bytes.Length + FoldBuffer.RecordOverhead;
            if (bytes > 0 && bytes + size > MostInMessage)
            {
                _send(parent, new RecordsMessage(number, part));
                (part, bytes) = ([], 0);
            }

            part.Add(records[sent]);
            bytes += size;
            _underway += size;
        }

        if (bytes > 0)
        {
            _send(parent, new RecordsMessage(number, part));
            _sent = now;
        }

        foreach (JobRecord rest in records.Skip(sent))
            job.Fold.Add(rest, NoLink);
        if (!job.Fold.IsEmpty)
            Plan(job.Due = _sent + UnderwayLimit);
    }

    private void Acknowledged(TimeSpan now)
    {
        bool waited = _underway >= MostUnderway;
        _underway = 0;
        if (!waited)
            return;
        foreach ((ulong number, Job job) in _jobs)
            Flush(number, job, now);
    }

    private void Plan(TimeSpan time) => NextTime = time < NextTime ? time : NextTime;
}
