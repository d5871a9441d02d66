using System.CommandLine;
using System.Globalization;
using System.Text;
using Megatux.Agents;
using Megatux.Model;
using static Megatux.Cli.CommandParts;

namespace Megatux.Cli;

// megatux churn.
internal static partial class LocalCommands
{
    internal static Command Churn()
    {
        Argument<string?> experiment = new("EXPERIMENT") { Arity = ArgumentArity.ZeroOrOne, Description = "The experiment, by its name or file; left out: the only one that runs." };
        var rate = new Option<string?>("--rate") { HelpName = "RATE", Description = "From now on this fraction of guests a week, such as 0.11, or of a shorter unit: 0.5/hour, 2/minute. 0 stops it." };
        var seed = new Option<string?>("--seed") { HelpName = "NUMBER", Description = "From now on the schedule of this seed, from 0. The same seed and rate reboot the same guests after the same times." };
        var json = new Option<bool>("--json") { Description = "For programs." };
        return Of("churn", """
            Guests come and go: hosts reboot guests that are up at random, at the rate of the project's Churn. Tells what they
            do and have done, how many times on which hosts, and the last reboots; with --rate or --seed, changes it at once,
            until the experiment is halted. A change begins a schedule with its first reboot.
            Example: megatux churn --rate 0.5/hour
            """, [experiment, rate, seed, json], result =>
        {
            var running = RunningExperiment.Find(result.GetValue(experiment));
            string? newRate = result.GetValue(rate), newSeed = result.GetValue(seed);
            ChurnReport report;
            if (newRate is null && newSeed is null)
            {
                report = ChurnReport.Of(running);
            }
            else
            {
                decimal? perWeek = newRate is null ? null : RateOf(newRate);
                int? number = newSeed is null ? null : SeedOf(newSeed);
                ChurnSetting now = ChurnReport.Of(running).Setting;
                report = ChurnReport.Of(running, new ChurnSetting(perWeek ?? now.Rate, number ?? now.Seed));
            }

            TextWriter output = result.InvocationConfiguration.Output;
            if (result.GetValue(json))
                output.WriteLine(Encoding.UTF8.GetString(report.Json.Span));
            else
                report.Write(output);
            return 0;
        });
    }

    private static decimal RateOf(string text) => ChurnRate.TryParse(text, out decimal perWeek) && perWeek is >= 0 and <= ChurnRate.Most ? perWeek
        : throw new MegatuxException(ErrorCodes.ChurnMalformed, $"--rate is '{text}': expected {ChurnRate.Form}, from 0 to 1/second.");

    private static int SeedOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seed) ? seed
        : throw new MegatuxException(ErrorCodes.ChurnMalformed, $"--seed is '{text}': expected a number from 0 to {int.MaxValue}.");
}
