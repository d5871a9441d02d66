using System.Text;
using Megatux.Agents;
using Megatux.Model;
using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.HostAgent;

/// <summary>
/// Hosts that nobody here has a channel to, as those that booted over a network: who is up says the tree that they form, and what
/// they alone know they are asked by jobs.
/// </summary>
/// <param name="experiment">The experiment.</param>
/// <param name="files">Where what runs lies.</param>
internal sealed class TreeAnswers(Experiment experiment, RunFolder files) : IHostAnswers
{
    private static readonly string[] Words = [$"/sbin/{Imaging.OutputNames.Agent(ImageKind.Host)}", HostQuestion.Word];

    /// <summary>How all nodes are, as far as the root knows; nobody is up while there is none.</summary>
    internal NodeStates States()
    {
        try
        {
            return XprocClient.Connect(files.Xproc).NodesAsync().WaitAsync(IHostAnswers.Limit).GetAwaiter().GetResult();
        }
        catch (Exception gone) when (gone is MegatuxException or TimeoutException or IOException)
        {
            return NodeStates.None;
        }
    }

    /// <summary>Has hosts switch themselves off, or start again.</summary>
    internal void End(NodeSet hosts, bool restart)
    {
        if (!hosts.IsEmpty)
            Run(hosts, new JobSpec { Words = [restart ? "reboot" : "poweroff"] }, job => job.WaitAsync(new CancellationTokenSource(IHostAnswers.Limit).Token));
    }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Statuses(IReadOnlyList<int> hosts, string verb)
    {
        // Without a job: it is asked ten times a second while an experiment boots.
        NodeStates states = States();
        return [HostStatus.Write(experiment, states)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> AskAll(IReadOnlyList<int> hosts, string request)
    {
        var answers = new Dictionary<string, MemoryStream>(StringComparer.Ordinal);
        Run(hosts, request, hasInput: false, async job =>
        {
            using var limit = new CancellationTokenSource(IHostAnswers.Limit);
            await foreach (JobRecord record in job.RecordsAsync(limit.Token).ConfigureAwait(false))
            {
                if (record.Kind != RecordKind.Output)
                    continue;
                foreach (string host in record.Nodes.Expand())
                {
                    if (!answers.TryGetValue(host, out MemoryStream? answer))
                        answers.Add(host, answer = new MemoryStream());
                    answer.Write(record.Bytes.Span);
                }
            }
        });
        return [.. answers.Values.Select(answer => answer.ToArray())];
    }

    /// <inheritdoc/>
    public void PassOn(int host, string request, Stream client, TimeSpan? limit) => Run([host], request, hasInput: limit is null, async job =>
    {
        using var output = new ClientOutput(client);
        using var end = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan);
        if (limit is null)
            new Thread(() => PassInput(client, job)) { IsBackground = true }.Start();
        await foreach (JobRecord record in job.RecordsAsync(end.Token).ConfigureAwait(false))
            if (record.Kind == RecordKind.Output && !output.TryWrite(record.Bytes.Span))
                break;
    });

    // Its input's end is the command's end.
    private static void PassInput(Stream client, XprocJob job)
    {
        try
        {
            ClientInput.Read(client, bytes => job.InputAsync(bytes, isLast: false).GetAwaiter().GetResult());
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or MegatuxException)
        {
            // Then nothing more is typed.
        }

        try
        {
            job.InputAsync(default, isLast: true).GetAwaiter().GetResult();
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or MegatuxException)
        {
            // The job is over.
        }
    }

    private void Run(IReadOnlyList<int> hosts, string request, bool hasInput, Func<XprocJob, Task> follow)
    {
        if (hosts.Count > 0)
            Run(NodeSet.UnionOf(hosts.Select(host => NodeSet.Parse(experiment.HostName(host)))), new JobSpec { Words = [.. Words, RequestText.ToLine(request)], HasInput = hasInput }, follow);
    }

    private void Run(NodeSet nodes, JobSpec spec, Func<XprocJob, Task> follow)
    {
        try
        {
            using XprocJob job = XprocClient.Connect(files.Xproc).RunAsync(spec, nodes).GetAwaiter().GetResult();
            try
            {
                follow(job).GetAwaiter().GetResult();
            }
            finally
            {
                if (!job.IsOver)
                    XprocClient.Connect(files.Xproc).GiveUpAsync(job.Head.Number).GetAwaiter().GetResult();
            }
        }
        catch (Exception gone) when (gone is MegatuxException or OperationCanceledException or IOException)
        {
            // What came of it is all that there is.
        }
    }
}
