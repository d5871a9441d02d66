using System.CommandLine;
using Megatux.Agents;
using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Cli;

/// <summary>BProc's commands by BProc's options, for whoever has scripts that use them.</summary>
internal static partial class BprocCommands
{
    /// <summary>The names that the program may be called by.</summary>
    internal const string ShellName = "bpsh", StatesName = "bpstat", ControlName = "bpctl";

    private const string Nodes = """
        Nodes are named as for megatux run, or by number: guests count from 0, host after host (4, 5-8, '0,10-19').
        """;

    private static Option<string?> ExperimentOption() => new("--experiment", "-e")
    {
        HelpName = "EXPERIMENT",
        Description = "The experiment, by its name or file; needed only where several run.",
    };

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    private static NodeSet NodesOf(RunningExperiment running, string text, Func<NodeStates> states)
    {
        Experiment plan = running.Plan();
        NodeSet nodes = NodeSelection.Of(plan, text, states, numbers: true);
        if (nodes.Except(plan.Everything) is { IsEmpty: false } unknown)
            throw new MegatuxException(ErrorCodes.NodesUnknown, $"{plan.Name} has no {unknown}: its nodes are {plan.Everything}.");
        return nodes;
    }

    private static Command Of(string name, string description, IEnumerable<Symbol> symbols, Func<ParseResult, int> run)
    {
        var command = new Command(name, description);
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        }

        command.SetAction(result => CommandRunner.Guard(() => run(result), result.InvocationConfiguration.Error));
        return command;
    }
}
