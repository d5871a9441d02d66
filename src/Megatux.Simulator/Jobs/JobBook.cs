using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Simulator;

/// <summary>
/// All jobs of a run: starts them at the root, and holds all that comes, and that does not, against what their processes do.
/// </summary>
internal sealed class JobBook(World world) : IJobListener
{
    /// <summary>
    /// How much later than it was a daemon may believe a job to be started: a message says how old the job is when it is sent,
    /// and may be under way for as long as streams are held and daemons stopped.
    /// </summary>
    private static readonly TimeSpan Underway = TimeSpan.FromSeconds(30);

    private readonly Dictionary<ulong, JobAccount> _jobs = [];

    internal IEnumerable<JobAccount> All => _jobs.Values;

    internal int Count => _jobs.Count;

    internal bool AreOver => _jobs.Values.All(job => job.Ended is not null);

    /// <summary>Which jobs are not over, and who has not ended them.</summary>
    internal string WhatIsOpen() => string.Join(", ", _jobs.Values.Where(job => job.Ended is null).Select(job =>
        $"{KindText.Of(job.Script.Kind)} of {job.Started.TotalSeconds:0.000} s waits for {world.Root.Jobs?.Find(job.Script.Number)?.Pending}")) is { Length: > 0 } open ? open : "no job is open";

    /// <summary>Starts a job on those of the nodes that the root has for up.</summary>
    internal JobAccount? Start(ScriptKind kind, NodeSet nodes, SimulatedProgram? program = null)
    {
        if (world.Root.Daemon is not { IsStopped: false } daemon)
            return null;
        var script = new JobScript((ulong)world.Random.NextInt64(1, long.MaxValue), kind, program);
        var job = new JobAccount(script, nodes.Intersect(world.Root.Up), world.Clock.Now);
        if (!world.Options.IsLarge)
            foreach (string name in job.Target.Expand())
                job.Nodes.Add(name, new NodeAccount(name, world.FindSlot(name).Incarnation));
        _jobs.Add(script.Number, job);
        world.Trace(script.Number, (ulong)kind, (ulong)job.Target.Count);
        world.Log(() => $"job {script.Number} starts on {job.Target}{(program is null ? "" : $" with {program.Name}, {program.Id}")}");
        daemon.Take(() => world.Root.Jobs!.Start(script.Number, script.Spec, job.Target, world.Clock.Now));
        return job;
    }

    /// <summary>Ends a job's processes: to be said again while some are left, since a signal may be lost on its way.</summary>
    internal void Kill(JobAccount job)
    {
        if (job.Ended is null && world.Root.Daemon is { } daemon)
            daemon.Take(() => world.Root.Jobs!.Signal(job.Script.Number, job.Target, 15));
    }

    /// <summary>Gives a new root what was written down of jobs that are not over.</summary>
    internal void Resume(JobRoot jobs, TimeSpan now)
    {
        foreach ((ulong number, JobAccount job) in _jobs)
            if (job.Ended is null)
                jobs.Resume(number, job.Script.Spec, job.Target, job.Journal, job.Started, now);
    }

    /// <summary>A node starts a job's process.</summary>
    internal JobScript Started(ulong number, VirtualHost host, int place, int incarnation, TimeSpan since, string programPlace)
    {
        JobAccount job = _jobs[number];
        job.Starts++;
        if (job.Starts > job.Target.Count)
            throw world.Violation("a job is started once on each of its nodes", $"it was started {job.Starts} times on {job.Target.Count}");
        if (world.Options.IsLarge)
            return job.Script;
        string name = host.NameOf(place);
        world.Log(() => $"{name}, the {incarnation}. there since {since.TotalSeconds}, starts {number}");
        world.Trace(number, (ulong)host.Rank, (ulong)place);
        if (!job.Nodes.TryGetValue(name, out NodeAccount? node))
            throw world.Violation($"only nodes of {job.Target} start the job", $"{name} does");
        if (node.RanOn != 0)
            throw world.Violation($"{name} starts a job once", $"the node that came up there as the {node.RanOn}. did, and now the {incarnation}.");
        world.Programs?.MustHave(host, name, incarnation, job.Script.Program, programPlace);
        if (since > job.Started + Underway)
            throw world.Violation($"only nodes that were up at {job.Started.TotalSeconds:0.000} s start the job", $"{name} came up at {since.TotalSeconds:0.000} s");
        node.RanOn = incarnation;
        return job.Script;
    }

    /// <inheritdoc/>
    public void Arrived(ulong job, IReadOnlyList<JobRecord> records)
    {
        JobAccount account = _jobs[job];
        if (account.Ended is not null)
            throw world.Violation("nothing comes of a job that is over", $"{records[0].Nodes} say {records[0].Kind}");
        account.Journal.AddRange(records);
        foreach (JobRecord record in records)
        {
            world.Trace(job, (ulong)record.Kind, (ulong)record.Nodes.Count);
            world.Log(() => $"job {job}: {record.Nodes} say {record.Kind}, {record.Bytes.Length} bytes");
            if (world.Options.IsLarge)
                TakeFolded(account, record);
            else
                foreach (string name in record.Nodes.Expand())
                    if (!account.Nodes.TryGetValue(name, out NodeAccount? node))
                        throw world.Violation($"only nodes of {account.Target} say something of the job", $"{name} does");
                    else if (node.Take(account.Script, record) is var (expected, found))
                        throw world.Violation(expected, found);
        }
    }

    /// <inheritdoc/>
    public void InputLost(ulong job, NodeSet nodes, long offset)
    {
        // Simulated jobs have no input.
    }

    /// <inheritdoc/>
    public void InputTaken(ulong job, NodeSet nodes, long bytes)
    {
        // Nor do their nodes take any.
    }

    /// <inheritdoc/>
    public void Completed(ulong job)
    {
        JobAccount account = _jobs[job];
        if (account.Ended is not null)
            throw world.Violation("a job is over once", "it is over again");
        account.Ended = world.Clock.Now;
        world.Trace(job, 0, 0);
        world.Log(() => $"job {job} is over");
        long ends = account.CountOf(RecordKind.Exit) + account.CountOf(RecordKind.Refused) + account.CountOf(RecordKind.Lost);
        if (ends != account.Target.Count)
            throw world.Violation("what answered, refused and was lost is the job's target", $"that is {ends} of {account.Target.Count}");
        foreach (NodeAccount node in account.Nodes.Values)
            if (node.End == RecordKind.Lost && !world.WasAway(node.Name, node.Incarnation))
                throw world.Violation($"{node.Name}, which lives and was there, is not lost", $"a job of {account.Started.TotalSeconds:0.000} s lost it");
    }

    // All of many nodes write the same: who says so is enough to know.
    private void TakeFolded(JobAccount job, JobRecord record)
    {
        NodeSet before = job.Sets.GetValueOrDefault(record.Kind) ?? NodeSet.Empty;
        if (before.Intersect(record.Nodes) is { IsEmpty: false } twice)
            throw world.Violation("each node says each thing once", $"{twice} say {record.Kind} again");
        ReadOnlySpan<byte> expected = record.Kind == RecordKind.Exit ? JobRecord.BytesOf(0) : job.Script.StepsOn("")[0].Bytes;
        if (record.Kind is not (RecordKind.Exit or RecordKind.Output) || !record.Bytes.Span.SequenceEqual(expected))
            throw world.Violation("all nodes write the same and end well", $"{record.Nodes} say {record.Kind} of {record.Bytes.Length} bytes");
        job.Sets[record.Kind] = before.Union(record.Nodes);
    }
}
