using Megatux.Model;

namespace Megatux.Xproc;

/// <content>Folding: how long records wait for their like.</content>
public sealed partial class JobRouter
{
    /// <summary>How long the first record of a job waits for those of other nodes.</summary>
    private static readonly TimeSpan FirstHold = TimeSpan.FromMilliseconds(20);

    /// <summary>The longest that one waits: each time that not all nodes were in time, the next waits longer.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a job is remembered that no node below is to end.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    /// <summary>The most bytes that wait at one daemon for one job. More goes up at once.</summary>
    private const long MostHeld = 1 << 20;

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
        Fold(number, job, new JobRecord(nodes, 0, RecordKind.Lost, default), now);
    }

    private void Fold(ulong number, Job job, long link, JobRecord record, TimeSpan now)
    {
        if (record.IsLast)
            job.End(link, record.Nodes);
        Fold(number, job, record, now);
    }

    private void Fold(ulong number, Job job, JobRecord record, TimeSpan now)
    {
        job.Fold.Add(record);
        if (job.Open == 0 || job.Fold.Bytes > MostHeld)
        {
            Flush(number, job, now);
            return;
        }

        if (job.Due != TimeSpan.MaxValue)
            return;
        job.Due = now + job.Hold;
        NextTime = job.Due < NextTime ? job.Due : NextTime;
    }

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
        PlanForget(job, now);
        if (job.Fold.IsEmpty)
            return;
        if (_sink is not null)
        {
            _sink.Take(number, job.Fold.Take(), now);
            return;
        }

        if (_parent is not { } parent)
        {
            // The nodes say it again once there is a parent; what is kept till then is bounded.
            if (job.Fold.Bytes > MostHeld)
                job.Fold.Take();
            return;
        }

        var part = new List<JobRecord>();
        int bytes = 0;
        foreach (JobRecord record in job.Fold.Take())
        {
            if (bytes > 0 && bytes + record.Bytes.Length > MostInMessage)
            {
                _send(parent, new RecordsMessage(number, part));
                (part, bytes) = ([], 0);
            }

            part.Add(record);
            bytes += record.Bytes.Length;
        }

        _send(parent, new RecordsMessage(number, part));
    }
}
