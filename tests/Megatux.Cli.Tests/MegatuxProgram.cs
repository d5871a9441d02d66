using System.CommandLine;

namespace Megatux.Cli.Tests;

/// <summary>Runs the command in this process, or as a program where pipes matter.</summary>
internal static class MegatuxProgram
{
    public static CommandResult Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = MegatuxCommand.Run(args, new InvocationConfiguration { Output = output, Error = error });
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs a shell command in which $MEGATUX is the program.</summary>
    public static CommandResult Shell(string script, string? input = null) =>
        Testing.Command.Run("/bin/sh", ["-c", script], input: input, environment: new Dictionary<string, string?>
        {
            ["MEGATUX"] = PublishedCommand.Path,
        });
}
