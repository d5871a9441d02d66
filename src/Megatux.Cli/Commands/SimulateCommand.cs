using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Megatux.Model;
using Megatux.Simulator;

namespace Megatux.Cli;

/// <summary><c>megatux simulate</c>: the tree, its jobs and monitoring on a virtual network and clock.</summary>
internal static class SimulateCommand
{
    /// <summary>Exit code of a run in which something did not hold that must.</summary>
    private const int Violated = 1;

    /// <summary>The most hosts that this machine's numbers can tell apart.</summary>
    private const int MostHosts = 10_000_000;

    internal static Command Create()
    {
        var experiment = new Argument<string?>("EXPERIMENT")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "A built experiment: its .megatux file, the folder of that, or an experiment.json. Left out: --hosts and --guests say what there is.",
        };
        var seed = new Option<string>("--seed") { HelpName = "NUMBER", Description = "What all chance is drawn from, from 0: the same seed does the same again.", DefaultValueFactory = _ => "0" };
        var faults = new Option<string>("--faults")
        {
            HelpName = "PROFILE",
            Description = "What goes wrong: " + string.Join("; ", FaultProfile.All.Select(profile => $"{profile.Name}: {profile.Description}")) + ".",
            DefaultValueFactory = _ => FaultProfile.All[0].Name,
        };
        var runs = new Option<string>("--runs") { HelpName = "NUMBER", Description = "How many runs, of the seed and those that follow it.", DefaultValueFactory = _ => "1" };
        var hosts = new Option<string?>("--hosts") { HelpName = "NUMBER", Description = "So many hosts, without an experiment." };
        var guests = new Option<string?>("--guests") { HelpName = "NUMBER", Description = "So many guests on each of them; left out: none." };
        var log = new Option<string?>("--log") { HelpName = "FILE", Description = "Write every message, fault and record into a file." };
        var command = new Command("simulate", $"""
            Run an experiment's tree, jobs and monitoring on a virtual network and clock, with the code that its daemons run,
            while things go wrong as a profile says. Prints what happened; ends with {Violated} where something did not hold that always must:
            a node with two parents, a cycle, one that does not come back, output that is lost or doubled, a job that does not
            end or whose counts are wrong, a process that is started without all of the program that it was sent, a report of how
            nodes are in which one is twice, is missing, or is too old. From {SimulationOptions.Many} nodes on there is one command and no more.
            Example: megatux simulate experiments/laptop --seed 7 --faults all
                     megatux simulate --hosts 100 --guests 2 --faults crashes --runs 50
            """)
        {
            experiment,
            seed,
            faults,
            runs,
            hosts,
            guests,
            log,
        };
        command.SetAction(result => CommandRunner.Guard(() =>
        {
            SimulatedNodes nodes = NodesOf(result.GetValue(experiment), result.GetValue(hosts), result.GetValue(guests));
            string name = result.GetValue(faults)!;
            FaultProfile profile = FaultProfile.Find(name) ?? throw new MegatuxException(ErrorCodes.SimulationUnclear,
                $"--faults is '{name}': expected one of {string.Join(", ", FaultProfile.All.Select(known => known.Name))}.");
            int first = Number("--seed", result.GetValue(seed)!, 0, int.MaxValue);
            int count = Number("--runs", result.GetValue(runs)!, 1, int.MaxValue);
            using TextWriter? file = result.GetValue(log) is { } path ? Open(path) : null;
            return Run(new SimulationOptions(nodes, first, profile) { Log = file }, count, result.InvocationConfiguration.Output);
        }, result.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(SimulationOptions options, int count, TextWriter output)
    {
        int violated = 0;
        for (long seed = options.Seed; seed < (long)options.Seed + count && seed <= int.MaxValue; seed++)
        {
            long started = Stopwatch.GetTimestamp();
            try
            {
                SimulationReport report = Simulation.Run(options with { Seed = (int)seed });
                if (count == 1)
                    SimulationText.Write(output, report, Stopwatch.GetElapsedTime(started));
                else
                    output.WriteLine(SimulationText.Line(report));
            }
            catch (InvariantViolatedException violation)
            {
                violated++;
                output.WriteLine($"violated: {violation.Message}");
            }
        }

        if (count > 1)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} runs, {violated} of them violated"));
        return violated == 0 ? 0 : Violated;
    }

    private static SimulatedNodes NodesOf(string? experiment, string? hosts, string? guests)
    {
        if (experiment is not null && (hosts ?? guests) is null)
            return SimulatedNodes.Of(ExperimentFile.Find(experiment).Load().Experiment);
        if (experiment is not null || hosts is null)
            throw new MegatuxException(ErrorCodes.SimulationUnclear, "name an experiment, or else say --hosts NUMBER and perhaps --guests NUMBER.");
        return SimulatedNodes.Of(Number("--hosts", hosts, 1, MostHosts), Number("--guests", guests ?? "0", 0, SimulatedNodes.MostGuests));
    }

    private static int Number(string option, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most ? number
            : throw new MegatuxException(ErrorCodes.SimulationUnclear, $"{option} is '{text}': expected a number from {least} to {most}.");

    private static StreamWriter Open(string path)
    {
        try
        {
            return new StreamWriter(path);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            throw new MegatuxException(ErrorCodes.SimulationUnclear, $"--log: {path} cannot be written ({unusable.Message}): name another file.", inner: unusable);
        }
    }
}
