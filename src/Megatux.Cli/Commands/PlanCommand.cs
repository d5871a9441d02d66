using System.CommandLine;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary><c>megatux plan</c>: everything that is computed about an experiment or one of its nodes.</summary>
internal static class PlanCommand
{
    internal static Command Create()
    {
        var experiment = new Argument<string>("EXPERIMENT")
        {
            Description = "A built experiment: its .megatux file, the folder of that, or an experiment.json.",
        };
        var node = new Argument<string?>("NODE|ADDRESS|MAC|@GROUP")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "A host's or guest's name, IPv4 address or Ethernet address, or a node group. Left out: the experiment as a whole.",
        };
        var json = new Option<bool>("--json") { Description = "Print a JSON object instead of a table." };
        var command = new Command("plan", """
            Tell the name, rank, addresses, bridge, gateway and routes of any node, from whichever of them is known.
            Example: megatux plan experiments/laptop vm7.laptop0
                     megatux plan experiments/laptop @attackers
            """)
        {
            experiment,
            node,
            json,
        };
        command.SetAction(result => CommandRunner.Guard(() =>
        {
            Experiment plan = ExperimentFile.Find(result.GetValue(experiment)!).Load().Experiment;
            PlanFacts facts = result.GetValue(node) is { } asked ? PlanLookup.Find(plan, asked) : PlanReport.Of(plan);
            result.InvocationConfiguration.Output.Write(result.GetValue(json) ? facts.ToJson() : facts.ToTable());
            return 0;
        }, result.InvocationConfiguration.Error));
        return command;
    }
}
