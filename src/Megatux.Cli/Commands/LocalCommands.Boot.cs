using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Megatux.Agents;
using Megatux.Model;

namespace Megatux.Cli;

// megatux boot, megatux halt.
internal static partial class LocalCommands
{
    private const double UsualBootTimeout = 600;

    private static readonly TimeSpan StatusPause = TimeSpan.FromMilliseconds(100);

    internal static Command Boot()
    {
        var experiment = new Argument<string>("EXPERIMENT") { Description = "A built experiment: its .megatux file, the folder of that, or an experiment.json." };
        var timeout = new Option<double>("--timeout") { HelpName = "SECONDS", DefaultValueFactory = _ => UsualBootTimeout, Description = "How long all nodes may take to come up." };
        var only = new Option<string?>("--only") { HelpName = "SET", Description = "Boot only these nodes: a host with all of its guests, a guest with its host. The others are down; megatux reboot starts them later." };
        var noWait = new Option<bool>("--no-wait") { Description = "Return once the nodes are being started." };
        return Of("boot", """
            Bring up an experiment on this machine: hosts as containers of their own image, and the guests of each.
            Exit code 0: all nodes are up; 1: some are not, and go on trying.
            Example: megatux boot experiments/laptop
            Example: megatux boot experiments/laptop --only vm[0-4].laptop0
            """, [experiment, only, timeout, noWait], result =>
        {
            RequireRoot("megatux boot");
            ExperimentFile file = ExperimentFile.Find(result.GetValue(experiment)!);
            Manifest manifest = file.Load();
            var clock = Stopwatch.StartNew();
            BootSelection? selection = result.GetValue(only) is { } text ? SelectionOf(manifest.Experiment, text) : null;
            RunningExperiment running = LocalBoot.Start(manifest, file.ManifestPath, selection);
            TextWriter output = result.InvocationConfiguration.Output;
            output.WriteLine(selection is null ? $"{running.Name}: {manifest.Experiment.HostCount} hosts, {manifest.Experiment.GuestCount} guests"
                : $"{running.Name}: {selection.Hosts.Count} of {manifest.Experiment.HostCount} hosts, {selection.Guests.Count} of {manifest.Experiment.GuestCount} guests");
            return result.GetValue(noWait) ? 0 : WaitUntilUp(running, selection, clock, TimeSpan.FromSeconds(result.GetValue(timeout)), output, result.InvocationConfiguration.Error);
        });
    }

    internal static Command Halt()
    {
        Argument<string?> experiment = new("EXPERIMENT") { Arity = ArgumentArity.ZeroOrOne, Description = "The experiment, by its name or file; left out: the only one that runs." };
        return Of("halt", """
            End an experiment on this machine: its guests, hosts and networks. Also removes what is left of one that was killed.
            Example: megatux halt laptop
            """, [experiment], result =>
        {
            RequireRoot("megatux halt");
            var running = RunningExperiment.Find(result.GetValue(experiment));
            LocalHalt.Run(running);
            result.InvocationConfiguration.Output.WriteLine($"{running.Name} is halted.");
            return 0;
        });
    }

    private static BootSelection SelectionOf(Experiment plan, string text) => SetOf(plan, text) is { IsEmpty: false } nodes ? BootSelection.Of(plan, nodes)
        : throw new MegatuxException(ErrorCodes.NodesUnknown, $"--only '{text}' names no node: expected some of {plan.Everything}.");

    private static int WaitUntilUp(RunningExperiment running, BootSelection? selection, Stopwatch clock, TimeSpan limit, TextWriter output, TextWriter error)
    {
        NodeSet all = selection?.Nodes ?? running.Plan().Everything;
        long shown = 0;
        var reasons = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            ExperimentStatus status = ExperimentStatus.Of(running);
            NodeSet up = status.Hosts("up").Union(status.Guests("up")).Intersect(all);
            if (up.Count == all.Count)
            {
                StatusTable.Write(output, status);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"All {all.Count} nodes{(selection is null ? "" : $" of {all}")} are up after {clock.Elapsed.TotalSeconds:0.0} s."));
                return 0;
            }

            if (clock.Elapsed > limit)
            {
                StatusTable.Write(output, status);
                error.WriteLine(new Problem(ErrorCodes.NodesNotUp,
                    $"{all.Count - up.Count} of {all.Count} nodes are not up after {clock.Elapsed.TotalSeconds:0} s: {all.Except(up)}. What they wrote last: megatux log NODE."));
                return 1;
            }

            foreach (string reason in status.Reasons.Where(reasons.Add))
                output.WriteLine($"  {reason}");
            long second = (long)clock.Elapsed.TotalSeconds;
            if (second > shown)
            {
                shown = second;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {second,4} s  {up.Count,6} of {all.Count} up{(status.Failures > 0 ? $", {status.Failures} failures" : "")}"));
            }

            Thread.Sleep(StatusPause);
        }
    }
}
