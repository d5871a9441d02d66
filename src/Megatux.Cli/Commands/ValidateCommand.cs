using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Megatux.Imaging;
using Megatux.Model;
using static Megatux.Cli.CommandParts;

namespace Megatux.Cli;

/// <summary><c>megatux validate</c>.</summary>
internal sealed class ValidateCommand
{
    private const int SomeFailed = 1;
    private const double UsualWait = 120, LongestWait = 86400;

    // Without a mark at the beginning, which not all readers take.
    private static readonly XmlWriterSettings ReportForm = new() { Encoding = new UTF8Encoding(false), Indent = true };

    private readonly Argument<string> _experiment = new("EXPERIMENT") { Description = "An experiment that runs: by its name, with the checks that it was booted with; by its .megatux file or folder, with those that are built now." };
    private readonly Argument<string[]> _checks = new("CHECK") { Arity = ArgumentArity.ZeroOrMore, Description = "Names of checks; left out: all." };
    private readonly Option<string?> _junit = new("--junit") { HelpName = "FILE", Description = "Write a report as JUnit's XML, which build servers read." };
    private readonly Option<string?> _trx = new("--trx") { HelpName = "FILE", Description = "Write a report as TRX, which Visual Studio and Azure read." };
    private readonly Option<bool> _all = new("--all") { Description = "Check all nodes of the experiment, also those that were left out when it was booted (--only)." };
    private readonly Option<bool> _json = new("--json") { Description = "For programs: an object a line for each check, and a last one for all." };
    private readonly Option<double> _wait = new("--wait") { HelpName = "SECONDS", DefaultValueFactory = _ => UsualWait, Description = "How long nodes may take to come up." };

    private ValidateCommand()
    {
    }

    internal static Command Create() => new ValidateCommand().Command();

    private Command Command() => Of("validate", $"""
        Check that an experiment is what it should be: that all nodes are up ({Validation.Up}), that each finds itself as the plan has it, with
        its name, addresses, Ethernet address, routes and names service ({Validation.Plan}), and what its project declares by {Validation.Item} items.
        Below a check that fails are the nodes that it fails on, and why. Ctrl-C ends what runs on the nodes.
        Exit code 0: all checks pass; 1: some do not.
        Example: megatux validate laptop
        Example: megatux validate experiments/laptop plan uname --junit results.xml
        """, [_experiment, _checks, _junit, _trx, _all, _json, _wait], result => RunAsync(result).GetAwaiter().GetResult());

    private async Task<int> RunAsync(ParseResult result)
    {
        double wait = result.GetValue(_wait);
        if (wait is not (>= 0 and <= LongestWait))
            throw new MegatuxException(ErrorCodes.ValidationOption, string.Create(CultureInfo.InvariantCulture, $"--wait is {wait}: expected 0 to {LongestWait} seconds."));
        (string? junit, string? trx) = (ReportPath(result, _junit), ReportPath(result, _trx));
        if (junit is not null && junit == trx)
            throw new MegatuxException(ErrorCodes.ValidationOption, $"--junit and --trx are the same file, {junit}: name two.");
        var experiment = ValidatedExperiment.Find(result.GetValue(_experiment)!, result.GetValue(_all));
        IReadOnlyList<INodeCheck> checks = ValidationRun.Choose(experiment, result.GetValue(_checks) ?? [], TimeSpan.FromSeconds(wait));
        var outcomes = new List<CheckOutcome>();
        using var interruption = new Interruption();
        try
        {
            await ShowAsync(experiment, checks, outcomes, result.GetValue(_json), result.InvocationConfiguration.Output, interruption.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption.ExitCode is not null)
        {
            return interruption.ExitCode.Value;
        }

        Write(junit, () => JUnitReport.Of(experiment.Running.Name, outcomes));
        Write(trx, () => TrxReport.Of(experiment.Running.Name, outcomes));
        return outcomes.Exists(outcome => outcome.IsFailed) ? SomeFailed : 0;
    }

    private static async Task ShowAsync(
        ValidatedExperiment experiment, IReadOnlyList<INodeCheck> checks, List<CheckOutcome> outcomes, bool isJson, TextWriter output, CancellationToken cancellation)
    {
        int width = checks.Max(check => check.Name.Length);
        width = Math.Max(width, "CHECK".Length);
        if (!isJson)
            output.WriteLine(OutcomeText.Heading(width));
        foreach (INodeCheck check in checks)
        {
            CheckOutcome outcome = await ValidationRun.RunAsync(check, cancellation).ConfigureAwait(false);
            outcomes.Add(outcome);
            foreach (string line in isJson ? [OutcomeJson.Of(outcome)] : OutcomeText.Lines(outcome, width))
                output.WriteLine(line);
        }

        output.WriteLine(isJson ? OutcomeJson.Of(experiment.Running.Name, outcomes) : OutcomeText.Summary(experiment.Running.Name, outcomes));
    }

    // Before minutes of checks, not after them.
    private static string? ReportPath(ParseResult result, Option<string?> option)
    {
        if (result.GetValue(option) is not { } given)
            return null;
        string path = given.Length == 0 ? "" : Path.GetFullPath(given);
        return path.Length > 0 && !Directory.Exists(path) && Directory.Exists(Path.GetDirectoryName(path)) ? path
            : throw new MegatuxException(ErrorCodes.ValidationOption, $"{option.Name} is '{given}': expected a file in a folder that is there.");
    }

    private static void Write(string? path, Func<XDocument> report)
    {
        if (path is null)
            return;
        AtomicFile.Write(path, stream =>
        {
            using var writer = XmlWriter.Create(stream, ReportForm);
            report().Save(writer);
        });
    }
}
