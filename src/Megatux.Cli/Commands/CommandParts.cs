using System.CommandLine;

namespace Megatux.Cli;

/// <summary>What the commands about experiments that run are made of.</summary>
internal static class CommandParts
{
    internal static Option<string?> ExperimentOption() => new("--experiment", "-e")
    {
        HelpName = "EXPERIMENT",
        Description = "The experiment, by its name or file; needed only where several run.",
    };

    /// <summary>A command of these arguments and options, whose failures are told as all are.</summary>
    internal static Command Of(string name, string description, IEnumerable<Symbol> symbols, Func<ParseResult, int> run)
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
