using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>The jobs of an experiment, at the root: starts them, collects what comes of them, and says when one is over. Pure.</summary>
public sealed class JobRoot : IRecordSink
{
    /// <summary>A node that nobody has heard of for so long is lost: longer than a branch takes to come back by another way.</summary>
    public static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(20);

    /// <summary>How long acknowledgements wait for others; not while so much came that a node may have to wait for them.</summary>
    private static readonly TimeSpan AckPause = TimeSpan.FromMilliseconds(50);

    private readonly Func<NodeSet> _up;
    private readonly IJobListener _listener;
    private readonly Dictionary<ulong, Job> _jobs = [];

    /// <param name="up">The nodes that can be given work now.</param>
    /// <param name="listener">Is told what becomes of jobs.</param>
    public JobRoot(Func<NodeSet> up, IJobListener listener)
    {
        ArgumentNullException.ThrowIfNull(up);
        ArgumentNullException.ThrowIfNull(listener);
        (_up, _listener) = (up, listener);
    }

    /// <summary>The daemon that jobs go through. After a restart of it, all that are not over start again: nodes know theirs.</summary>
    public JobRouter? Router { get; private set; }

    /// <summary>When <see cref="Tick"/> has something to do next.</summary>
    public TimeSpan NextTime { get; private set; } = TimeSpan.MaxValue;

    /// <summary>The jobs that are not over.</summary>
    public IReadOnlyCollection<ulong> Jobs => _jobs.Keys;

    /// <summary>What has come of a job that is not over; null if there is no such job.</summary>
    public JobCollector? Find(ulong job) => _jobs.TryGetValue(job, out Job? found) ? found.Collector : null;

    /// <summary>Goes through another daemon from now on.</summary>
    public void Use(JobRouter router, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(router);
        Router = router;
        foreach ((ulong number, Job job) in _jobs)
        {
            // While the daemon was away, it was not the nodes that were.
            job.Missing.Clear();
            NoteMissing(job, _up(), now);
            router.Start(new RunMessage(number, now - job.Started, job.Collector.Target, job.Spec), now);
        }
    }

    /// <summary>Starts a job on those of the nodes that can be given work.</summary>
    /// <returns>Its nodes; those that cannot are not waited for.</returns>
    public NodeSet Start(ulong number, JobSpec spec, NodeSet nodes, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        NodeSet target = nodes.Intersect(_up());
        Resume(number, spec, target, [], now, now);
        if (target.IsEmpty)
            Complete(number);
        else
            Router?.Start(new RunMessage(number, TimeSpan.Zero, target, spec), now);
        return target;
    }

    /// <summary>Takes up a job that was started before, with what has arrived of it.</summary>
    public void Resume(ulong number, JobSpec spec, NodeSet target, IEnumerable<JobRecord> records, TimeSpan started, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(records);
        var job = new Job(spec, new JobCollector(target), started);
        foreach (JobRecord record in records)
            job.Collector.Take(record, out _);
        _jobs.Add(number, job);
        NoteMissing(job, _up(), now);
    }

    /// <summary>Sends a signal to a job's processes on those of the nodes where it runs.</summary>
    public void Signal(ulong number, NodeSet nodes, int signal)
    {
        if (_jobs.TryGetValue(number, out Job? job) && job.Collector.Pending.Intersect(nodes) is { IsEmpty: false } part)
            Router?.Tell(new SignalMessage(number, part, signal));
    }

    /// <summary>Gives up those of the nodes that have not ended a job.</summary>
    public void Lose(ulong number, NodeSet nodes)
    {
        if (_jobs.TryGetValue(number, out Job? job))
            Lose(number, job, nodes);
    }

    /// <inheritdoc/>
    public void Take(ulong job, IReadOnlyList<JobRecord> records, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(records);
        if (!_jobs.TryGetValue(job, out Job? known))
        {
            Router?.Tell(new ForgetMessage(job, NodeSet.UnionOf(records.Select(record => record.Nodes))));
            return;
        }

        var news = new List<JobRecord>();
        foreach (JobRecord record in records)
        {
            if (record.IsOfInput)
            {
                if (record.InputOffset is { } offset && record.Nodes.Intersect(known.Collector.Pending) is { IsEmpty: false } nodes)
                    TellOfInput(job, nodes, record.Kind, offset);
                continue;
            }

            if (known.Collector.Take(record, out NodeSet arrived) is { } fresh)
                news.Add(fresh);
            if (!arrived.IsEmpty && !record.IsLast)
            {
                known.Acks[record.Sequence] = known.Acks.TryGetValue(record.Sequence, out NodeSet? others) ? others.Union(arrived) : arrived;
                known.AckBytes += record.Bytes.Length;
            }
        }

        if (news.Count > 0)
            _listener.Arrived(job, news);
        if (known.Collector.IsComplete)
        {
            Complete(job);
            return;
        }

        if (known.AckBytes >= JobLeaf.MostKept / 2)
            Acknowledge(job, known);
        else if (known.Acks.Count > 0 && known.AcksDue == TimeSpan.MaxValue)
            Plan(known.AcksDue = now + AckPause);
    }

    /// <inheritdoc/>
    public void NodesChanged(TimeSpan now)
    {
        if (_jobs.Count == 0)
            return;
        NodeSet up = _up();
        foreach (Job job in _jobs.Values)
            NoteMissing(job, up, now);
    }

    /// <summary>Does what the time has come for.</summary>
    public void Tick(TimeSpan now)
    {
        if (now < NextTime)
            return;
        NextTime = TimeSpan.MaxValue;
        NodeSet up = _up();
        foreach ((ulong number, Job job) in _jobs.ToArray())
        {
            if (job.AcksDue <= now)
                Acknowledge(number, job);
            else
                Plan(job.AcksDue);
            NoteMissing(job, up, now);
            foreach ((NodeSet nodes, TimeSpan since) in job.Missing.Where(missing => missing.Since + LostAfter <= now).ToArray())
                Lose(number, job, nodes);
        }
    }

    private void TellOfInput(ulong number, NodeSet nodes, RecordKind kind, long offset)
    {
        if (kind == RecordKind.InputAt)
            _listener.InputLost(number, nodes, offset);
        else
            _listener.InputTaken(number, nodes, offset);
    }

    private void Acknowledge(ulong number, Job job)
    {
        job.AcksDue = TimeSpan.MaxValue;
        NodeSet told = NodeSet.Empty;
        foreach ((uint sequence, NodeSet nodes) in job.Acks.Reverse())
        {
            // The last one of a node says all.
            if (nodes.Except(told) is { IsEmpty: false } untold)
                Router?.Tell(new AckMessage(number, untold, sequence));
            told = told.Union(nodes);
        }

        job.Acks.Clear();
        job.AckBytes = 0;
    }

    private void NoteMissing(Job job, NodeSet up, TimeSpan now)
    {
        NodeSet missing = job.Collector.Pending.Except(up), known = NodeSet.Empty;
        for (int i = job.Missing.Count - 1; i >= 0; i--)
        {
            NodeSet still = job.Missing[i].Nodes.Intersect(missing);
            known = known.Union(still);
            if (still.IsEmpty)
                job.Missing.RemoveAt(i);
            else
                job.Missing[i] = (still, job.Missing[i].Since);
        }

        if (missing.Except(known) is { IsEmpty: false } fresh)
            job.Missing.Add((fresh, now));
        foreach ((_, TimeSpan since) in job.Missing)
            Plan(since + LostAfter);
    }

    private void Lose(ulong number, Job job, NodeSet nodes)
    {
        if (job.Collector.Lose(nodes) is { IsEmpty: false } lost)
            _listener.Arrived(number, [new JobRecord(lost, 0, RecordKind.Lost, default)]);
        if (job.Collector.IsComplete)
            Complete(number);
    }

    private void Complete(ulong number)
    {
        if (!_jobs.Remove(number, out Job? job))
            return;
        _listener.Completed(number);
        Router?.Tell(new ForgetMessage(number, job.Collector.Target));
    }

    private void Plan(TimeSpan time) => NextTime = time < NextTime ? time : NextTime;

    private sealed class Job(JobSpec spec, JobCollector collector, TimeSpan started)
    {
        internal JobSpec Spec { get; } = spec;

        internal JobCollector Collector { get; } = collector;

        internal TimeSpan Started { get; } = started;

        /// <summary>What is still to be acknowledged: nodes by the record that arrived.</summary>
        internal SortedDictionary<uint, NodeSet> Acks { get; } = [];

        /// <summary>How many bytes those records have.</summary>
        internal int AckBytes { get; set; }

        internal TimeSpan AcksDue { get; set; } = TimeSpan.MaxValue;

        /// <summary>Nodes that have not ended and are not up, and since when.</summary>
        internal List<(NodeSet Nodes, TimeSpan Since)> Missing { get; } = [];
    }
}
