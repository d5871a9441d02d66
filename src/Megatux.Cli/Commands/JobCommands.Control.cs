using System.CommandLine;
using Megatux.Agents;
using Megatux.Model;
using Megatux.Tree;
using static Megatux.Cli.CommandParts;

namespace Megatux.Cli;

// megatux ctl.
internal static partial class JobCommands
{
    private const string RebootAction = "reboot", HaltAction = "halt";

    internal static Command Control()
    {
        var set = new Argument<string>("SET") { Description = "Which nodes, as for megatux run: 'allerror', 'vm[0-4].h1'." };
        var action = new Argument<string>("ACTION") { Description = $"{RebootAction}: start them again, or those that are down. {HaltAction}: end them." };
        Option<string?> experiment = ExperimentOption();
        return Of("ctl", """
            Start nodes again or end them. A host takes its guests along.
            Example: megatux ctl allerror reboot
            """, [set, action, experiment], result =>
        {
            string verb = result.GetValue(action) switch
            {
                RebootAction => Verbs.Restart,
                HaltAction => Verbs.Stop,
                var other => throw new MegatuxException(ErrorCodes.JobMalformed, $"'{other}' is nothing that nodes can be told: expected {RebootAction} or {HaltAction}."),
            };
            var running = RunningExperiment.Find(result.GetValue(experiment));
            Experiment plan = running.Plan();
            NodeSet nodes = NodeSelection.RequireKnown(plan, NodeSelection.Of(plan, result.GetValue(set)!, () => running.Jobs().NodesAsync().GetAwaiter().GetResult()));
            if (nodes.IsEmpty)
                throw new MegatuxException(ErrorCodes.NodesUnknown, $"'{result.GetValue(set)}' are no nodes at the moment: see megatux stat.");
            running.Ask($"{verb} {nodes}");
            result.InvocationConfiguration.Output.WriteLine(verb == Verbs.Restart ? $"{nodes} starts again." : $"{nodes} ends.");
            return 0;
        });
    }
}
