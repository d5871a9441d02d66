using System.CommandLine;
using System.Globalization;
using Megatux.Simulator;

namespace Megatux.Benchmarks;

/// <summary>One run of the simulator without faults, as a process of its own: what it takes of memory is its own, too.</summary>
internal static class SimulateVerb
{
    internal const string Word = "simulate";

    internal static System.CommandLine.Command Create()
    {
        var hosts = new Argument<long>("HOSTS");
        var guests = new Argument<int>("GUESTS") { Description = "Guests on each host." };
        var command = new System.CommandLine.Command(Word) { hosts, guests };
        command.Hidden = true;
        command.SetAction(result =>
        {
            Simulate(result.GetValue(hosts), result.GetValue(guests), Console.Out);
            return 0;
        });
        return command;
    }

    private static void Simulate(long hosts, int guests, TextWriter output)
    {
        var parts = new Dictionary<SimulationPart, double>();
        long last = Stopwatch.GetTimestamp();
        SimulationReport report = Simulation.Run(new SimulationOptions(SimulatedNodes.Of(hosts, guests), Seed: 0, FaultProfile.Find("none")!)
        {
            IsBrief = true,
            Over = part =>
            {
                parts[part] = Stopwatch.GetElapsedTime(last).TotalSeconds;

                // What a part has left behind is not to lie beside what the next one needs.
                GC.Collect();
                last = Stopwatch.GetTimestamp();
            },
        });
        using Process own = Process.GetCurrentProcess();
        foreach (double value in (double[])
        [
            report.FormationMessages, report.CommandMessages, report.Depth, report.MostChildren, report.LongestQueue, report.Overflows,
            report.Formation!.Value.TotalSeconds, report.Healed?.TotalSeconds ?? 0, report.Jobs[^1].Took.TotalSeconds, report.Jobs[^1].Answered,
            parts[SimulationPart.Formation], parts[SimulationPart.Command], own.PeakWorkingSet64,
        ])
            output.WriteLine(value.ToString("R", CultureInfo.InvariantCulture));
    }
}
