using System.CommandLine;
using System.CommandLine.Help;

namespace Megatux.Cli;

/// <summary>The command that a person types, with all that it can do.</summary>
internal static class MegatuxCommand
{
    /// <summary>"@name" would name a file of more arguments; to us it is a node group, and that has an error of its own.</summary>
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>The command. By a name of its own: a root command takes the program's, which may be that of one of these.</summary>
    internal static Command Create() =>
        new("megatux", "Provision, control and watch experiments of up to ten million Linux machines.")
        {
            new HelpOption(),
            new VersionOption(),
            ArtifactsCommand.Create(),
            JobCommands.Attach(),
            CopyCommand.Create(CopyCommand.BprocName),
            LocalCommands.Boot(),
            BprocCommands.Control(),
            BprocCommands.Shell(),
            BprocCommands.States(),
            LocalCommands.Check(),
            LocalCommands.Churn(),
            LocalCommands.Console(),
            CopyCommand.Create(CopyCommand.Name),
            JobCommands.Control(),
            DeployCommand.Create(),
            DoctorCommand.Create(),
            LocalCommands.Execute(),
            LocalCommands.Halt(),
            ImageCommand.Create(),
            ImportCommand.Create(),
            JobCommands.Jobs(),
            JobCommands.Kill(),
            LocalCommands.Log(),
            MonitorCommand.Create(),
            NamesCommand.Create(),
            NodesCommand.Create(),
            PlanCommand.Create(),
            LocalCommands.Processes(),
            LocalCommands.Reboot(),
            JobCommands.Run(),
            SimulateCommand.Create(),
            JobCommands.Stat(),
            LocalCommands.Status(),
            ValidateCommand.Create(),
        };

    /// <summary>Runs the command with the arguments of a command line, and returns its exit code.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <param name="invocation">Where output goes, if not to the console.</param>
    internal static int Run(string[] args, InvocationConfiguration? invocation = null)
    {
        Command root = Create();
        ParseResult parsed = root.Parse(CommandWords.Separate(args, root), Parsing);
        invocation ??= new InvocationConfiguration();

        // The reader of a help text may go away as well.
        invocation.EnableDefaultExceptionHandler = false;
        int exitCode = CommandRunner.Guard(() => parsed.Invoke(invocation));

        // A command line that means nothing is no answer to what was asked, which 1 is for.
        return parsed.Errors.Count > 0 ? CommandRunner.Failed : exitCode;
    }
}
