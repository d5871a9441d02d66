using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Megatux.Imaging;
using Megatux.Model;
using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>
/// Has hosts that run go on with a deployment's kernel and image, without their firmware and boot server: both travel by the tree, and
/// the kernel that runs starts the new one (kexec). All load it before any starts it.
/// </summary>
/// <param name="folder">Full path of the deployment's folder.</param>
/// <param name="output">Where is said how far it is.</param>
/// <param name="error">Where is said what does not work.</param>
internal sealed class Rollout(string folder, TextWriter output, TextWriter error)
{
    private static readonly TimeSpan LoadLimit = TimeSpan.FromMinutes(2), LeaveLimit = TimeSpan.FromMinutes(1), Pause = TimeSpan.FromMilliseconds(100);

    // What a host's own agent does.
    private static readonly string Agent = $"/sbin/{OutputNames.Agent(ImageKind.Host)}";
    private static readonly string[] Digest = ["sha256sum", $"/{OutputNames.ManifestInImage}"];

    /// <summary>Does it, and waits until hosts and guests are up again.</summary>
    /// <param name="set">The hosts, as they were typed.</param>
    /// <param name="limit">How long they may take to come up again.</param>
    /// <returns>The exit code: 0 when all hosts run the deployment, and 1 when some do not.</returns>
    /// <exception cref="MegatuxException">Nothing was begun: the experiment does not run, or its hosts cannot do so.</exception>
    internal int Run(string set, TimeSpan limit)
    {
        Manifest manifest = ExperimentFile.Find(folder).Load();
        var running = RunningExperiment.Find(manifest.Experiment.Name);
        if (!Directory.Exists(running.Files.Netboot))
            throw new MegatuxException(ErrorCodes.KexecRefused, $"The hosts of {running.Name} did not boot over a network, and go on as they are: boot them with --hosts netboot.");
        NetbootHostFiles.RequireSamePlan(manifest, running.Manifest(), folder);
        XprocClient client = running.Jobs();
        NodeSet hosts = NodeSelection.Of(manifest.Experiment, set, () => client.NodesAsync().GetAwaiter().GetResult());
        if (hosts.IsEmpty || !manifest.Experiment.Hosts.Contains(hosts))
            throw new MegatuxException(ErrorCodes.NodesUnknown, $"--kexec '{set}' is to name hosts of {running.Name}, which are {manifest.Experiment.Hosts}.");

        if (!RunOnAll(running, hosts, [Agent, "load-deployment", PushedProgram.PlaceOf(folder), ScriptWords.Of(Path.Combine(folder, OutputNames.BootScript))], PushedProgram.Pack(null, [folder]))
            || !RunOnAll(running, hosts, [Agent, "ask", Agents.Verbs.NextKernel], null))
        {
            error.WriteLine(new Problem(ErrorCodes.KexecRefused, $"Not all of {hosts} can go on with {folder}: those that were told to start it do so, the others run on as they did."));
            return 1;
        }

        var clock = Stopwatch.StartNew();
        Await(client, states => hosts.Intersect(states.Up).IsEmpty, LeaveLimit);
        NodeSet all = hosts.Union(manifest.Experiment.GuestsOf(hosts)), missing = all;
        Await(client, states => (missing = all.Except(states.Up)).IsEmpty, limit);
        if (!missing.IsEmpty)
        {
            error.WriteLine(new Problem(ErrorCodes.NodesNotUp, string.Create(CultureInfo.InvariantCulture,
                $"{missing.Count} of {all.Count} nodes are not up {clock.Elapsed.TotalSeconds:0} s after their hosts went on with another kernel: {missing}.")));
            return 1;
        }

        NodeSet others = hosts.Except(WithDigest(client, hosts, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, Manifest.FileName))))));
        if (!others.IsEmpty)
        {
            error.WriteLine(new Problem(ErrorCodes.KexecRefused, $"{others} came up, and with something else than {folder}: see their consoles (megatux log)."));
            return 1;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{hosts.Count} hosts ({hosts}) run {folder} after {clock.Elapsed.TotalSeconds:0.0} s, and their {all.Count - hosts.Count} guests are up."));
        return 0;
    }

    private bool RunOnAll(RunningExperiment running, NodeSet hosts, IReadOnlyList<string> words, PushedProgram? program) => new JobStart
    {
        Running = running,
        Nodes = hosts.ToString(),
        Spec = new JobSpec { Words = words, Limit = LoadLimit },
        Program = program,
        Display = _ => new FoldedDisplay(ByteOutput.Of(output), ByteOutput.OfError(error)),
    }.Run(output, error) == 0;

    private static void Await(XprocClient client, Func<NodeStates, bool> isDone, TimeSpan limit)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < limit && !isDone(client.NodesAsync().GetAwaiter().GetResult());)
            Thread.Sleep(Pause);
    }

    private static NodeSet WithDigest(XprocClient client, NodeSet hosts, string digest)
    {
        using XprocJob job = client.RunAsync(new JobSpec { Words = Digest, Limit = LoadLimit }, hosts).GetAwaiter().GetResult();
        var found = new List<NodeSet>();
        async Task ReadAsync()
        {
            await foreach (JobRecord record in job.RecordsAsync().ConfigureAwait(false))
                if (record.Kind == RecordKind.Output && Encoding.ASCII.GetString(record.Bytes.Span).StartsWith(digest, StringComparison.Ordinal))
                    found.Add(record.Nodes);
        }

        ReadAsync().GetAwaiter().GetResult();
        return NodeSet.UnionOf(found);
    }
}
