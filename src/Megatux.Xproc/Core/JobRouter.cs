using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>
/// Jobs as they pass a daemon of the tree: down to the branches that have nodes of their target, and what nodes say of them
/// up again, folded. Pure. What it knows of a job comes again from above and below when the daemon, or one of its
/// neighbours, is another.
/// </summary>
public sealed partial class JobRouter : ITreeService
{
    /// <summary>The most jobs of which only nodes have told.</summary>
    private const int MostUnknown = 64;

    private readonly Action<long, TreeMessage> _send;
    private readonly IRecordSink? _sink;
    private readonly Dictionary<long, Branch> _branches = [];
    private readonly Dictionary<ulong, Job> _jobs = [];

    /// <summary>The names of all leaves; null when they have changed since they were last asked for.</summary>
    private NodeSet? _leaves;
    private long? _parent;
    private TimeSpan _now, _joined;

    /// <param name="send">Sends over a link: to the parent, to children, and to leaves.</param>
    /// <param name="sink">At the root, where records end; null elsewhere.</param>
    /// <param name="programs">Programs that travel; null where none does.</param>
    public JobRouter(Action<long, TreeMessage> send, IRecordSink? sink, IPrograms? programs = null)
    {
        ArgumentNullException.ThrowIfNull(send);
        (_send, _sink, _programs) = (send, sink, programs);
        _bundles = programs is null ? null : new BundleDesk(send, programs.Store, isRoot: sink is not null, BundleReady);
    }

    /// <summary>When <see cref="Tick"/> has something to do next.</summary>
    public TimeSpan NextTime { get; private set; } = TimeSpan.MaxValue;

    /// <summary>How many jobs it knows.</summary>
    public int JobCount => _jobs.Count;

    /// <summary>Bytes of output that wait to go up.</summary>
    public long HeldBytes => _jobs.Values.Sum(job => job.Fold.Bytes);

    /// <summary>A node of this host's has come up: the host itself, or a guest. Nothing is believed that it says of others.</summary>
    /// <param name="link">Its link.</param>
    /// <param name="name">Its name.</param>
    /// <param name="since">When it came up.</param>
    /// <param name="now">The time.</param>
    public void LeafUp(long link, NodeSet name, TimeSpan since, TimeSpan now)
    {
        var branch = new Branch(name, IsLeaf: true, since);
        _branches[link] = branch;
        _leaves = null;
        foreach ((ulong number, Job job) in _jobs)
            Offer(number, job, link, branch, now);
        _send(link, ResendMessage.Instance);
    }

    /// <summary>A node of this host's has ended: its part of every job has.</summary>
    public void LeafGone(long link, TimeSpan now)
    {
        _untold.Remove(link);
        _questions.Remove(link);
        if (!_branches.Remove(link, out Branch? leaf))
            return;
        _leaves = null;
        foreach ((ulong number, Job job) in _jobs)
        {
            if (job.UntellLeaf(link))
                Lose(number, job, leaf.Nodes, now);
            PlanForget(job, now);
        }
    }

    /// <summary>Takes a message from a node of this host's.</summary>
    public void ReceiveFromLeaf(long link, TreeMessage message, TimeSpan now)
    {
        if (message is not RecordsMessage records || !_branches.TryGetValue(link, out Branch? leaf))
            return;

        // It may make up jobs. One that is in earnest says it again, when its job is known here.
        if (!_jobs.ContainsKey(records.Job) && _jobs.Values.Count(known => known.Run is null) >= MostUnknown)
            return;
        Job job = JobOf(records.Job);
        foreach (JobRecord record in records.Records)
        {
            if (record.Kind is RecordKind.Lost or 0 or > RecordKind.InputTaken || record.Bytes.Length > JobRecord.MostBytes)
                continue;
            if (record.Kind == RecordKind.InputAt && !MayAsk(link, now))
                continue;

            if (record.IsLast)
                job.EndLeaf(link);

            // It ends a job once: of all that it may say, that takes no more room than what it said first.
            if (record.IsLast ? job.EndsWith(link, record) : job.Fold.Bytes < MostHeld)
                Fold(records.Job, job, record with { Nodes = leaf.Nodes }, link, now);
        }

        FlushIfAllWereHeard(records.Job, job, now);
        PlanForget(job, now);
    }

    /// <summary>Starts a job: at the root.</summary>
    public void Start(RunMessage run, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(run);
        Job job = JobOf(run.Job);

        // Whatever was held on its way, the job only seems to be younger: what says that it is older is right.
        TimeSpan started = run.BeforeLink > TimeSpan.Zero ? _joined - run.BeforeLink : now - run.Age;
        if (job.Run is null)
            job.Begin(run, started);
        else
            job.Widen(run.Target, started);
        bool hasLeaves = HasAllLeaves(run.Target);
        foreach ((long link, Branch branch) in _branches)
        {
            if (!branch.IsLeaf)
                job.Retell(link, run.Target);
            else if (hasLeaves || run.Target.Contains(branch.Nodes))
                job.RetellLeaf(link);
            Offer(run.Job, job, link, branch, now, hasLeaves);
        }

        PlanForget(job, now);
    }

    /// <summary>Says to nodes what follows on a job: at the root.</summary>
    public void Tell(TreeMessage message)
    {
        switch (message)
        {
            case AckMessage ack:
                Share(ack.Nodes, nodes => ack with { Nodes = nodes });
                break;
            case SignalMessage signal:
                Share(signal.Nodes, nodes => signal with { Nodes = nodes }, signal.Job);
                break;
            case InputMessage input:
                Share(input.Nodes, nodes => input with { Nodes = nodes }, input.Job);
                break;
            case ForgetMessage forget:
                _jobs.Remove(forget.Job);
                ForgetUntold(forget.Job);
                Share(forget.Nodes, nodes => forget with { Nodes = nodes });
                break;
            case ResendMessage:
                foreach (long link in _branches.Keys)
                    _send(link, message);
                break;
        }
    }

    // What nodes keep of their jobs they say again themselves; that they ended, nobody says but their host.
    private void Resend(TimeSpan now)
    {
        Tell(ResendMessage.Instance);
        foreach ((ulong number, Job job) in _jobs)
            if (!job.Lost.IsEmpty)
                Lose(number, job, job.Lost, now);
    }

    private Job JobOf(ulong number)
    {
        if (!_jobs.TryGetValue(number, out Job? job))
            _jobs.Add(number, job = new Job());
        return job;
    }

    private void Offer(ulong number, Job job, long link, Branch branch, TimeSpan now, bool hasLeaves = false)
    {
        if (job.Run is not { } run)
            return;
        if (branch.IsLeaf)
        {
            if (hasLeaves || job.Target.Contains(branch.Nodes))
                OfferLeaf(number, job, run, link, branch, now);
            return;
        }

        NodeSet part = job.Target.Intersect(branch.Nodes).Except(job.ToldTo(link));
        if (part.IsEmpty)
            return;
        job.Tell(link, part);
        _send(link, run with { Target = part, Age = now - job.Started, BeforeLink = branch.Since > job.Started ? branch.Since - job.Started : TimeSpan.Zero });
    }

    private void OfferLeaf(ulong number, Job job, RunMessage run, long link, Branch leaf, TimeSpan now)
    {
        if (!job.TellLeaf(link))
            return;
        if (leaf.Since <= job.Started)
        {
            _now = now;
            if (run.Spec.Bundle is { } bundle && _bundles is not null)
                TellWithProgram(number, link, bundle);
            else
                _send(link, job.RunOfLeaves(run, now));
            return;
        }

        job.EndLeaf(link);
        Lose(number, job, leaf.Nodes, now);
    }

    // A leaf is meant itself, whatever its name and those of others.
    private void Share(NodeSet nodes, Func<NodeSet, TreeMessage> make, ulong? job = null)
    {
        bool hasLeaves = HasAllLeaves(nodes);
        TreeMessage? forLeaves = null;
        foreach ((long link, Branch branch) in _branches)
            if (!branch.IsLeaf && nodes.Intersect(branch.Nodes) is { IsEmpty: false } part)
                _send(link, make(part));
            else if (branch.IsLeaf && (hasLeaves || nodes.Contains(branch.Nodes)))
                SendOn(link, job, forLeaves ??= make(NodeSet.Empty));
    }

    // Most messages are for all nodes of a host: that is seen at once, where asking for each would be most of the work.
    private bool HasAllLeaves(NodeSet nodes) =>
        nodes.Contains(_leaves ??= NodeSet.UnionOf(_branches.Values.Where(branch => branch.IsLeaf).Select(leaf => leaf.Nodes)));

    /// <param name="Nodes">Its nodes.</param>
    /// <param name="IsLeaf">Whether it is a node of this host's.</param>
    /// <param name="Since">When the node came up; when the child joined.</param>
    private sealed record Branch(NodeSet Nodes, bool IsLeaf, TimeSpan Since);
}
