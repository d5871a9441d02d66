using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Megatux.Agents;
using Megatux.Model;
using static Megatux.Cli.CommandParts;

namespace Megatux.Cli;

// megatux boot, megatux halt.
internal static partial class LocalCommands
{
    private const double UsualBootTimeout = 600;

    private const string ContainerHosts = "container", QemuHosts = "qemu", NetbootHosts = "netboot";

    internal static Command Boot()
    {
        var experiment = new Argument<string>("EXPERIMENT") { Description = "A built experiment: its .megatux file, the folder of that, or an experiment.json." };
        var timeout = new Option<double>("--timeout") { HelpName = "SECONDS", DefaultValueFactory = _ => UsualBootTimeout, Description = "How long all nodes may take to come up." };
        var only = new Option<string?>("--only") { HelpName = "SET", Description = "Boot only these nodes: a host with all of its guests, a guest with its host. The others are down; megatux reboot starts them later." };
        var noWait = new Option<bool>("--no-wait") { Description = "Return once the nodes are being started." };
        var hosts = new Option<string>("--hosts")
        {
            HelpName = "container|qemu|netboot",
            DefaultValueFactory = _ => ContainerHosts,
            Description = "What hosts are: containers of their image; whole machines that boot it, with its kernel, under QEMU; or machines without a disk, which boot it over a network of their own by iPXE, DHCP and HTTP, as a cluster's do.",
        };
        hosts.AcceptOnlyFromAmong(ContainerHosts, QemuHosts, NetbootHosts);
        var tree = new Option<string?>("--from") { HelpName = "DIR", Description = "With --hosts netboot: the netboot tree that the hosts boot, as megatux deploy makes it. Left out, one is made for them." };
        return Of("boot", """
            Bring up an experiment on this machine: its hosts, and the guests of each.
            Exit code 0: all nodes are up; 1: some are not, and go on trying. So they do after Ctrl-C, which ends the waiting alone.
            Example: megatux boot experiments/laptop
            Example: megatux boot experiments/laptop --only vm[0-4].laptop0
            Example: megatux boot experiments/laptop --hosts netboot --from /srv/netboot
            """, [experiment, only, hosts, tree, timeout, noWait], result =>
        {
            Privileges.Require();
            ExperimentFile file = ExperimentFile.Find(result.GetValue(experiment)!);
            Manifest manifest = file.Load();
            var clock = Stopwatch.StartNew();
            BootSelection? selection = result.GetValue(only) is { } text ? SelectionOf(manifest.Experiment, text) : null;

            // From here on, so that nothing is left half started.
            using var interruption = new Interruption();
            LocalHosts form = Enum.Parse<LocalHosts>(result.GetValue(hosts)!, ignoreCase: true);
            if (form != LocalHosts.Netboot && result.GetValue(tree) is { } unused)
                throw new MegatuxException(ErrorCodes.NotNetbootable, $"--from {unused} is for hosts that boot over a network: add --hosts {NetbootHosts}.");
            RunningExperiment running = LocalBoot.Start(manifest, file.ManifestPath, form, selection, result.GetValue(tree));
            TextWriter output = result.InvocationConfiguration.Output;
            output.WriteLine(selection is null ? $"{running.Name}: {manifest.Experiment.HostCount} hosts, {manifest.Experiment.GuestCount} guests"
                : $"{running.Name}: {selection.Hosts.Count} of {manifest.Experiment.HostCount} hosts, {selection.Guests.Count} of {manifest.Experiment.GuestCount} guests");
            return result.GetValue(noWait) ? 0
                : WaitUntilUp(running, selection, clock, TimeSpan.FromSeconds(result.GetValue(timeout)), interruption, output, result.InvocationConfiguration.Error);
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
            var running = RunningExperiment.Find(result.GetValue(experiment));
            LocalHalt.Run(running);
            result.InvocationConfiguration.Output.WriteLine($"{running.Name} is halted.");
            return 0;
        });
    }

    private static BootSelection SelectionOf(Experiment plan, string text) => NodeSelection.RequireKnown(plan, plan.Parse(text)) is { IsEmpty: false } nodes ? BootSelection.Of(plan, nodes)
        : throw new MegatuxException(ErrorCodes.NodesUnknown, $"--only '{text}' names no node: expected some of {plan.Everything}.");

    private static int WaitUntilUp(
        RunningExperiment running, BootSelection? selection, Stopwatch clock, TimeSpan limit, Interruption interruption, TextWriter output, TextWriter error)
    {
        Experiment plan = running.Plan();
        NodeSet all = selection?.Nodes ?? plan.Everything;
        var wait = new BootWait(running, all, clock);
        if (Screen.Of(output) is { } screen)
            BootProgress.Draw(screen, selection?.Hosts.Count ?? plan.HostCount, selection?.Guests.Count ?? plan.GuestCount, wait, limit, interruption.Token);
        else
            BootProgress.Write(output, wait, limit, interruption.Token);
        NodeSet missing = wait.Missing;
        StatusTable.Write(output, ExperimentStatus.Of(running));
        if (missing.IsEmpty)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"All {all.Count} nodes{(selection is null ? "" : $" of {all}")} are up after {clock.Elapsed.TotalSeconds:0.0} s."));
            return 0;
        }

        if (interruption.ExitCode is { } code)
        {
            output.WriteLine($"{running.Name} goes on booting: look at it with megatux status, end it with megatux halt {running.Name}.");
            return code;
        }

        error.WriteLine(new Problem(ErrorCodes.NodesNotUp,
            $"{missing.Count} of {wait.Count} nodes are not up after {clock.Elapsed.TotalSeconds:0} s: {missing}. What they wrote last: megatux log NODE."));
        return 1;
    }
}
