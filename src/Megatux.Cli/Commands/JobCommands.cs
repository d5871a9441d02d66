using System.CommandLine;
using System.Globalization;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>Commands about jobs: what nodes of an experiment run.</summary>
internal static partial class JobCommands
{
    private const string ExitCodes = """
        Exit code 0: all nodes ended it with 0. Else the greatest exit code of all nodes, where one that could not start it, was
        lost, is not up or does not exist counts as 255; 124 when --wait is over before the job; 130 after a second Ctrl-C.
        """;

    private static Argument<string> JobArgument() => new("JOB") { Description = "A job, as megatux jobs shows it, or as much of its start as no other has." };

    private static Option<double?> SecondsOption(string name, string description) => new(name) { HelpName = "SECONDS", Description = description };

    private static TimeSpan? Seconds(string option, double? value) => value switch
    {
        null => null,
        > 0 and <= 1e9 => TimeSpan.FromSeconds(value.Value),
        _ => throw new MegatuxException(ErrorCodes.JobMalformed, string.Create(CultureInfo.InvariantCulture, $"{option} is {value}: expected seconds, more than 0.")),
    };

    private static (XprocClient Client, JobSummary Job) Find(ParseResult result, Option<string?> experiment, Argument<string> job)
    {
        XprocClient client = RunningExperiment.Find(result.GetValue(experiment)).Jobs();
        return (client, JobNumber.Find(result.GetValue(job)!, client.ListAsync().GetAwaiter().GetResult()));
    }
}
