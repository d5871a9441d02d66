using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>
/// Serves clients that start and follow jobs, over a socket that only its owner can reach. Keeps what comes of jobs before
/// nodes are told that it has arrived; clients read it from the disk, each at its own pace, so that none holds up another.
/// </summary>
/// <remarks>
/// In this order: make it, make the <see cref="JobRoot"/> with it as the listener, <see cref="Resume"/>,
/// <see cref="JobRoot.Use"/>, <see cref="Listen"/>.
/// </remarks>
public sealed partial class JobServer : IJobListener, IDisposable
{
    /// <summary>The most jobs at once: what nodes keep in mind.</summary>
    public const int MostJobs = JobLeaf.MostJobs;

    /// <summary>The most clients at once.</summary>
    public const int MostClients = 256;

    /// <summary>The most bytes of a command with all that goes with it: with the nodes that are to run it, it is one message of the tree.</summary>
    public const int MostSpecBytes = 16 << 10;

    private readonly JobStore _store;
    private readonly BlobStore _blobs;
    private readonly Func<NodeStates> _nodes;
    private readonly Func<TimeSpan> _clock;
    private readonly Action<Action> _post;
    private readonly OwnerListener _listener = new();
    private JobRoot? _root;
    private int _clients;

    /// <param name="store">Where jobs are kept.</param>
    /// <param name="blobs">Where programs that travel are kept. Used where the <see cref="JobRoot"/> is.</param>
    /// <param name="nodes">How the nodes are now. Called where the <see cref="JobRoot"/> is.</param>
    /// <param name="clock">The time as the <see cref="JobRoot"/> has it. Called there, too.</param>
    /// <param name="post">
    /// Has something done on the thread of the <see cref="JobRoot"/>, soon and in order; afterwards its next time may be
    /// another. What is posted throws nothing.
    /// </param>
    public JobServer(JobStore store, BlobStore blobs, Func<NodeStates> nodes, Func<TimeSpan> clock, Action<Action> post)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(blobs);
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(post);
        (_store, _blobs, _nodes, _clock, _post) = (store, blobs, nodes, clock, post);
    }

    /// <summary>Takes up the jobs that are not over, as a root does that was killed. On the thread of the root.</summary>
    public void Resume(JobRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        _root = root;
        TimeSpan now = _clock();
        foreach (StoredJob job in _store.Running.ToArray())
        {
            TimeSpan age = DateTimeOffset.UtcNow - job.Head.Started;
            root.Resume(job.Head.Number, job.Head.Spec, job.Head.Target, job.Records(), now - (age > TimeSpan.Zero ? age : TimeSpan.Zero), now);

            // Of one whose last record had come there is nothing more to come.
            if (root.Find(job.Head.Number) is { IsComplete: true })
                root.Lose(job.Head.Number, NodeSet.Empty);
        }
    }

    /// <summary>Takes clients from now on.</summary>
    /// <param name="path">Path of the socket, which takes the place of one that an earlier root left.</param>
    public void Listen(string path) => _listener.Listen(path, ServeAsync);

    /// <inheritdoc/>
    public void Arrived(ulong job, IReadOnlyList<JobRecord> records)
    {
        if (_store.Find(job) is not { IsOver: false } kept)
            return;
        bool wasBroken = kept.IsBroken;
        kept.Append(records);

        // Not here and now: whoever tells of records is in the middle of something.
        if (kept.IsBroken && !wasBroken)
            _post(() => GiveUp(job, kept.Head.Target));
    }

    /// <inheritdoc/>
    public void Completed(ulong job)
    {
        _inputs.Remove(job);
        if (_store.Find(job) is { IsOver: false } kept)
            _store.Finish(kept, DateTimeOffset.UtcNow);
    }

    /// <summary>Takes no more clients, and lets those go that there are. Jobs go on.</summary>
    public void Dispose() => _listener.Dispose();

    private void GiveUp(ulong job, NodeSet nodes)
    {
        _root!.Signal(job, nodes, Killing);
        _root.Lose(job, nodes);
    }
}
