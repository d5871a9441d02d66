using System.Globalization;
using Megatux.Simulator;

namespace Megatux.Benchmarks;

/// <summary>Many runs of the simulator in which things go wrong at random, each of which must hold all that always must.</summary>
internal sealed class SimulateRow : Row
{
    private const int Runs = 10_000;

    /// <summary>One in so many runs has as many hosts as no longer all turn to the root.</summary>
    private const int LargeOnes = 250;

    internal override string Name => "simulate";

    internal override string About => $"{Runs:N0} runs of the simulator under all fault profiles, a few hosts and guests each";

    internal override void Run(Report report, Workshop shop)
    {
        FaultProfile[] profiles = [.. FaultProfile.All];
        long nodes = 0, faults = 0, jobs = 0, programs = 0, reports = 0, exact = 0, events = 0, violated = 0;
        long started = Stopwatch.GetTimestamp();
        var cores = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, Runs, cores, seed =>
        {
            FaultProfile profile = profiles[seed % profiles.Length];
            SimulatedNodes simulated = SizeOf(seed);
            try
            {
                SimulationReport run = Simulation.Run(new SimulationOptions(simulated, seed, profile));
                Interlocked.Add(ref nodes, simulated.Count);
                Interlocked.Add(ref faults, run.Faults.Sum(fault => fault.Value));
                Interlocked.Add(ref jobs, run.Jobs.Count);
                Interlocked.Add(ref programs, run.Jobs.Count(job => job.Program is not null));
                Interlocked.Add(ref reports, run.Monitoring!.Reports);
                Interlocked.Add(ref exact, run.Monitoring.Exact);
                Interlocked.Add(ref events, run.Events);
            }
            catch (InvariantViolatedException violation)
            {
                Interlocked.Increment(ref violated);
                lock (report)
                    report.Note($"violated: {violation.Message}");
            }
        });
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        report.Add(new Comparison("runs that violated an invariant", "none", Unit.Count, Distribution.Of([violated]), Distribution.Of([0]), violated, Aim: 0));
        report.Note(string.Create(CultureInfo.InvariantCulture,
            $"{Runs:N0} runs in {Unit.Seconds.Of(seconds)}, {Runs / seconds:0} a second: {nodes:N0} nodes, {faults:N0} faults, {jobs:N0} jobs, {programs:N0} of them with a program, {reports:N0} reports of how nodes are, {exact:N0} of them held to be exact, {events:N0} events"));
    }

    private static SimulatedNodes SizeOf(int seed) =>
        seed % LargeOnes == LargeOnes / 2 ? SimulatedNodes.Of(260 + seed % 7, 0) : SimulatedNodes.Of(3 + seed / 8 * 5 % 14, seed / 8 % 3);
}
