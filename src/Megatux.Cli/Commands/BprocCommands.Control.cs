using System.CommandLine;
using Megatux.Agents;
using Megatux.Model;
using static Megatux.Cli.CommandParts;

namespace Megatux.Cli;

// bpctl.
internal static partial class BprocCommands
{
    internal static Command Control()
    {
        Option<bool> master = Flag("-M", "The master: the experiment as a whole."), reboot = Flag("-R", "Start them again."),
            halt = Flag("-H", "End them."), power = Flag("-P", "Power them off: the same for machines that are processes."),
            reconnect = Flag("--reconnect", "Have the tree's daemons of their hosts, or with -M the root's, look for a parent anew; what runs does not notice.");
        var slaves = new Option<string?>("-S") { HelpName = "NODES", Description = "These nodes." };
        var state = new Option<string?>("-s") { HelpName = "STATE", Description = "Put them into a state: reboot, halt, pwroff or down. Others follow from what nodes do and cannot be set." };
        Option<string?> experiment = ExperimentOption();
        return Of(ControlName, $"""
            Start nodes again, end them or have them find their master anew, as BProc's bpctl.
            {Nodes}
            Example: bpctl -S 0-9 -R
            Example: bpctl -M -H
            """, [master, slaves, reboot, halt, power, reconnect, state, experiment], result =>
        {
            string verb = VerbOf(result.GetValue(reboot), result.GetValue(halt) || result.GetValue(power), result.GetValue(reconnect), result.GetValue(state));
            string? nodes = result.GetValue(slaves);
            if (result.GetValue(master) == nodes is not null)
                throw new MegatuxException(ErrorCodes.JobMalformed, "bpctl is about the master (-M) or nodes (-S NODES): give one of them.");
            var running = RunningExperiment.Find(result.GetValue(experiment));
            if (nodes is not null)
                running.Ask($"{verb} {NodesOf(running, nodes, () => running.Jobs().NodesAsync().GetAwaiter().GetResult())}");
            else if (verb == Verbs.Rejoin)
                running.Ask(verb);
            else if (verb == Verbs.Restart)
                throw new MegatuxException(ErrorCodes.StateNotSettable, $"The master is not started again by itself: end the experiment with megatux halt {running.Name}, and boot it.");
            else
                LocalHalt.Run(running);
            return 0;
        });
    }

    private static string VerbOf(bool reboot, bool end, bool reconnect, string? state)
    {
        if ((reboot ? 1 : 0) + (end ? 1 : 0) + (reconnect ? 1 : 0) + (state is null ? 0 : 1) != 1)
            throw new MegatuxException(ErrorCodes.JobMalformed, "bpctl does one thing: give -R, -H, -P, --reconnect or -s STATE.");
        return state switch
        {
            null => reboot ? Verbs.Restart : end ? Verbs.Stop : Verbs.Rejoin,
            "reboot" => Verbs.Restart,
            "halt" or "pwroff" or "down" => Verbs.Stop,
            _ => throw new MegatuxException(ErrorCodes.StateNotSettable, $"No node can be put into the state '{state}', which follows from what it does: reboot, halt, pwroff and down can be asked for."),
        };
    }
}
