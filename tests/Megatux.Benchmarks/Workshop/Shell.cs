namespace Megatux.Benchmarks;

/// <summary>Runs peers as a person would, under a deadline.</summary>
internal static class Shell
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    /// <summary>Runs a command line in a folder; any part of a pipeline that fails fails all of it.</summary>
    internal static void Run(string commandLine, string folder) =>
        Command.Run("bash", ["-c", $"set -o pipefail; {commandLine}"], folder, deadline: Deadline).Succeeded();

    /// <summary>Runs a program.</summary>
    /// <returns>What it printed.</returns>
    internal static string Run(string program, params string[] arguments) =>
        Command.Run(program, arguments, deadline: Deadline).Succeeded().Output;

    /// <summary>True when the program is here; else the report says which package is missing.</summary>
    internal static bool Has(string program, string package, Report report)
    {
        if (Command.Find(program) is not null)
            return true;
        report.Missing(program, package);
        return false;
    }
}
