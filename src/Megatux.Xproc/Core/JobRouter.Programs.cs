using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <content>
/// Programs that travel with a job: a node of this host's is told of the job when its program is where it can run it. What is
/// for the node meanwhile waits.
/// </content>
public sealed partial class JobRouter
{
    /// <summary>The most bytes of input that wait for a node to be told of a job.</summary>
    private const int MostHeldForLeaf = 256 << 10;

    private readonly IPrograms? _programs;
    private readonly BundleDesk? _bundles;

    /// <summary>Nodes that wait for a program to come to this host.</summary>
    private readonly Dictionary<BlobId, HashSet<long>> _expected = [];

    /// <summary>What is for nodes that have not been told of their job, by node and job.</summary>
    private readonly Dictionary<long, Dictionary<ulong, List<TreeMessage>>> _untold = [];

    /// <summary>Who waits for programs here: nodes of this host's, its own parts of programs, and children.</summary>
    public int ProgramWaits => _untold.Count + (_bundles?.Relay.OpenCount ?? 0);

    /// <summary>A program is where a node can run it, or cannot be.</summary>
    /// <param name="link">The node.</param>
    /// <param name="bundle">The program.</param>
    /// <param name="place">Where it is on the node: a folder, or a device with a file system; empty if it is nowhere.</param>
    /// <param name="problem">Why it is nowhere; empty if it is somewhere.</param>
    /// <param name="now">The time.</param>
    public void Given(long link, BlobId bundle, string place, string problem, TimeSpan now)
    {
        if (!_untold.TryGetValue(link, out Dictionary<ulong, List<TreeMessage>>? jobs))
            return;
        foreach ((ulong number, List<TreeMessage> held) in jobs.Where(entry => _jobs.TryGetValue(entry.Key, out Job? job) && job.Run?.Spec.Bundle == bundle).ToArray())
        {
            jobs.Remove(number);
            if (_branches.ContainsKey(link) && _jobs[number] is { Run: { } run } job)
            {
                _send(link, run with { Target = NodeSet.Empty, Age = now - job.Started, Place = place, Problem = problem });
                foreach (TreeMessage message in held)
                    _send(link, message);
            }
        }

        if (jobs.Count == 0)
            _untold.Remove(link);
    }

    private void TellWithProgram(ulong number, long link, BlobId bundle)
    {
        if (!_untold.TryGetValue(link, out Dictionary<ulong, List<TreeMessage>>? jobs))
            _untold.Add(link, jobs = []);
        jobs[number] = [];
        if (_expected.TryGetValue(bundle, out HashSet<long>? others))
        {
            others.Add(link);
            return;
        }

        _expected.Add(bundle, [link]);
        _bundles!.Need(bundle);
    }

    private void BundleReady(BlobId bundle, string? problem)
    {
        if (!_expected.Remove(bundle, out HashSet<long>? links))
            return;
        foreach (long link in links)
        {
            if (problem is null)
                _programs!.Give(link, bundle);
            else
                Given(link, bundle, "", problem, _now);
        }
    }

    /// <summary>Passes on what is for a node, or keeps it until the node is told of the job that it is about.</summary>
    private void SendOn(long link, ulong? job, TreeMessage message)
    {
        if (!_untold.TryGetValue(link, out Dictionary<ulong, List<TreeMessage>>? jobs) || job is not { } number || !jobs.TryGetValue(number, out List<TreeMessage>? held))
            _send(link, message);
        else if (MayWait(held, message))
            held.Add(message);
    }

    private static bool MayWait(List<TreeMessage> held, TreeMessage message) => message switch
    {
        // As kernels have it: a signal that is pending is so once.
        SignalMessage signal => !held.OfType<SignalMessage>().Any(waiting => waiting.Signal == signal.Signal),
        InputMessage input => (!input.Bytes.IsEmpty || input.IsLast) && held.OfType<InputMessage>().Sum(piece => piece.Bytes.Length) + input.Bytes.Length <= MostHeldForLeaf,
        _ => true,
    };

    private void ForgetUntold(ulong job)
    {
        foreach (Dictionary<ulong, List<TreeMessage>> jobs in _untold.Values)
            jobs.Remove(job);
    }
}
