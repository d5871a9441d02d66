using System.CommandLine;
using System.Globalization;
using Megatux.Model;
using Megatux.Tree;
using Megatux.Xproc;
using static Megatux.Cli.CommandParts;

namespace Megatux.Cli;

// bpstat.
internal static partial class BprocCommands
{
    internal static Command States()
    {
        var set = new Argument<string[]>("NODES") { Arity = ArgumentArity.ZeroOrMore, Description = "Which nodes; left out: all guests." };
        Option<bool> compact = Flag("-c", "Nodes of a state as a node set; so it is unless another option says otherwise."), perNode = Flag("-l", "A line a node."),
            all = Flag("-a", "All hosts and guests."), status = Flag("-s", "No more than the state of each node."),
            number = Flag("-n", "No more than how many nodes these are."), total = Flag("-t", "No more than how many guests and hosts the experiment has.");
        Option<string?> experiment = ExperimentOption();
        return Of(StatesName, $"""
            How nodes are, as BProc's bpstat: up, boot, error or down.
            {Nodes}
            Example: bpstat
            Example: bpstat -l 0-9
            Example: bpstat -n allup
            """, [set, compact, perNode, all, status, number, total, experiment], result =>
        {
            string[] chosen = [.. ((Option<bool>[])[compact, perNode, status, number, total]).Where(result.GetValue).Select(option => option.Name)];
            if (chosen.Length > 1)
                throw new MegatuxException(ErrorCodes.JobMalformed, $"{string.Join(" and ", chosen)} contradict each other: give one of them.");
            var running = RunningExperiment.Find(result.GetValue(experiment));
            Experiment plan = running.Plan();
            TextWriter output = result.InvocationConfiguration.Output;
            if (result.GetValue(total))
            {
                output.WriteLine(plan.GuestCount + plan.HostCount);
                return 0;
            }

            NodeStates states = running.Jobs().NodesAsync().GetAwaiter().GetResult();
            string text = result.GetValue(set) is { Length: > 0 } named ? string.Join(',', named) : NodeWords.All;
            NodeSet nodes = result.GetValue(all) ? plan.Everything : NodesOf(running, text, () => states);
            if (result.GetValue(number))
                output.WriteLine(nodes.Count);
            else if (result.GetValue(perNode) || result.GetValue(status))
                NodesOutput.WriteAll(output, nodes.Expand().Select(node => result.GetValue(status) ? StateOf(states, node) : $"{node,-24} {StateOf(states, node)}"), "\n");
            else
                WriteCompact(output, nodes, states);
            return 0;
        });
    }

    private static void WriteCompact(TextWriter output, NodeSet nodes, NodeStates states)
    {
        NodeSet down = nodes.Except(states.Up).Except(states.Boot).Except(states.Error);
        output.WriteLine($"{"STATUS",-6} {"COUNT",10}  NODES");
        foreach ((string name, NodeSet part) in (ReadOnlySpan<(string, NodeSet)>)[("up", nodes.Intersect(states.Up)), ("boot", nodes.Intersect(states.Boot)), ("error", nodes.Intersect(states.Error)), ("down", down)])
            if (!part.IsEmpty)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-6} {part.Count,10}  {part}"));
    }

    private static string StateOf(NodeStates states, string node) =>
        states.Up.Contains(node) ? "up" : states.Boot.Contains(node) ? "boot" : states.Error.Contains(node) ? "error" : "down";
}
