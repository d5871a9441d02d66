using System.CommandLine;
using Megatux.Agents;
using Megatux.Model;
using Megatux.Tree;
using static Megatux.Cli.CommandParts;

namespace Megatux.Cli;

// megatux ctl.
internal static partial class JobCommands
{
    private const string RebootAction = "reboot", HaltAction = "halt", RejoinAction = "rejoin";

    internal static Command Control()
    {
        var set = new Argument<string>("SET") { Description = "Which nodes, as for megatux run: 'allerror', 'vm[0-4].h1'." };
        var action = new Argument<string>("ACTION") { Description = $"{RebootAction}: start them again, or those that are down. {HaltAction}: end them. {RejoinAction}: have the tree's daemons of their hosts look for a parent anew." };
        Option<string?> experiment = ExperimentOption();
        return Of("ctl", """
            Start nodes again or end them; a host takes its guests along. Or have their hosts find their places in the tree anew, which
            what they run does not notice.
            Example: megatux ctl allerror reboot
            Example: megatux ctl 'h[0-9]' rejoin
            """, [set, action, experiment], result =>
        {
            string verb = result.GetValue(action) switch
            {
                RebootAction => Verbs.Restart,
                HaltAction => Verbs.Stop,
                RejoinAction => Verbs.Rejoin,
                var other => throw new MegatuxException(ErrorCodes.JobMalformed, $"'{other}' is nothing that nodes can be told: expected {RebootAction}, {HaltAction} or {RejoinAction}."),
            };
            var running = RunningExperiment.Find(result.GetValue(experiment));
            Experiment plan = running.Plan();
            NodeSet nodes = NodeSelection.RequireKnown(plan, NodeSelection.Of(plan, result.GetValue(set)!, () => running.Jobs().NodesAsync().GetAwaiter().GetResult()));
            if (nodes.IsEmpty)
                throw new MegatuxException(ErrorCodes.NodesUnknown, $"'{result.GetValue(set)}' are no nodes at the moment: see megatux stat.");
            running.Ask($"{verb} {nodes}");
            result.InvocationConfiguration.Output.WriteLine($"{nodes} {(verb == Verbs.Restart ? "starts again" : verb == Verbs.Stop ? "ends" : "joins the tree anew")}.");
            return 0;
        });
    }
}
