using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <content>The daemon's neighbours in the tree, as they come, go and speak.</content>
public sealed partial class JobRouter
{
    /// <inheritdoc/>
    public void ParentFound(long link, TimeSpan now)
    {
        _parent = link;
        _joined = now;
        _underway = 0;
        _bundles?.Relay.ParentFound(link);

        // What went up to the last one may have been lost there.
        if (_jobs.Count > 0)
            Resend(now);
        foreach ((ulong number, Job job) in _jobs)
            Flush(number, job, now);
    }

    /// <inheritdoc/>
    public void ParentLost(TimeSpan now)
    {
        _parent = null;
        _bundles?.Relay.ParentLost();
    }

    /// <inheritdoc/>
    public void BranchChanged(long link, NodeStates members, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(members);
        var branch = new Branch(members.Up, IsLeaf: false, _branches.TryGetValue(link, out Branch? before) ? before.Since : now);
        _branches[link] = branch;
        foreach ((ulong number, Job job) in _jobs)
        {
            // Who left may come back, and is told again then: it knows what it has.
            job.Untell(link, members.Up);
            Offer(number, job, link, branch, now);
            PlanForget(job, now);
        }
    }

    /// <inheritdoc/>
    public void BranchLost(long link, TimeSpan now)
    {
        _branches.Remove(link);
        _bundles?.Relay.BranchLost(link);
        foreach (Job job in _jobs.Values)
        {
            job.Untell(link, NodeSet.Empty);
            PlanForget(job, now);
        }
    }

    /// <inheritdoc/>
    public void MembersChanged(TimeSpan now) => _sink?.NodesChanged(now);

    /// <inheritdoc/>
    public void ReceiveFromParent(TreeMessage message, TimeSpan now)
    {
        _now = now;
        if (message is RunMessage run)
            Start(run, now);
        else if (message is ResendMessage)
            Resend(now);
        else if (message is ChunkMessage or NoBlobMessage)
            _bundles?.Relay.ReceiveFromParent(message);
        else
            Tell(message);
        if (message is AckMessage)
            Acknowledged(now);
    }

    /// <inheritdoc/>
    public void ReceiveFromChild(long link, TreeMessage message, TimeSpan now)
    {
        if (message is WantMessage want)
            _bundles?.Relay.ReceiveFromChild(link, want);
        if (message is not RecordsMessage records)
            return;
        Job job = JobOf(records.Job);
        foreach (JobRecord record in records.Records)
        {
            if (record.IsLast)
                job.End(link, record.Nodes);
            if (record.IsLast || job.Fold.Bytes < MostHeld)
                Fold(records.Job, job, record, link, now);
        }

        FlushIfAllWereHeard(records.Job, job, now);
    }
}
