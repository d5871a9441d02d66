using System.Diagnostics;
using System.Globalization;
using Megatux.Simulator;

namespace Megatux.Cli;

/// <summary>What happened in a simulation, as a person reads it.</summary>
internal static class SimulationText
{
    /// <summary>Writes all of it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="report">What happened.</param>
    /// <param name="took">How long that took here, by this machine's clock.</param>
    internal static void Write(TextWriter output, SimulationReport report, TimeSpan took)
    {
        void Row(string name, string value) => output.WriteLine($"{name,-22} {value}");
        Row("seed", Text(report.Seed));
        Row("digest", report.Digest.ToString("x16", CultureInfo.InvariantCulture));
        Row("formation", report.Formation is { } formation ? Seconds(formation) : "while things went wrong");
        Row("depth of the tree", Text(report.Depth));
        Row("most children", Text(report.MostChildren));
        Row("most messages", $"{Text(report.FormationMessages)} at one daemon in formation, {Text(report.CommandMessages)} in a command on all nodes");
        Row("longest link queue", $"{Text(report.LongestQueue)} bytes; {report.Overflows} links closed for it");
        Row("faults", report.Faults.Count == 0 ? "none" : string.Join(", ", report.Faults.Select(fault => $"{fault.Value} {fault.Key}")));
        Row("settled", $"{Seconds(report.Settled)} after the last fault");
        Row("healed", report.Healed is { } healed ? $"{Seconds(healed)} after a secondary master was lost" : "no daemon has children but the root");
        foreach (SimulatedJob job in report.Jobs)
            Row($"job, {job.Kind}{(job.Program is null ? "" : $", {job.Program} program")}", $"{Text(job.Answered)} answered, {Text(job.Refused)} refused, {Text(job.Lost)} lost of {Text(job.Target)}, in {Seconds(job.Took)}");
        Row("programs", $"{Text(report.Jobs.Count(job => job.Program is not null))} jobs brought one, {Text(report.ProgramBytes)} bytes came to hosts");
        if (report.Monitoring is { } monitoring)
        {
            Row("monitoring", $"{Text(monitoring.Samples)} samples, one of each node every {Seconds(monitoring.Interval)}; {Text(monitoring.Reports)} reports, {Text(monitoring.Exact)} of them held to be exact");
            Row("pushes at the root", $"{Text(monitoring.MostBytes)} bytes in a second at most");
            Row("oldest sample", $"{Seconds(monitoring.WorstAge)} in a report, {Seconds(monitoring.WorstExactAge)} in one that was held to be exact");
        }

        Row("virtual time", $"{Seconds(report.Length)}, {Text(report.Events)} events");
        using Process own = Process.GetCurrentProcess();
        Row("real time", $"{Seconds(took)}, {own.PeakWorkingSet64 >> 20} MiB of memory at most");
    }

    /// <summary>One of many runs.</summary>
    internal static string Line(SimulationReport report) => string.Create(CultureInfo.InvariantCulture,
        $"seed {report.Seed}: {report.Digest:x16}, {report.Faults.Sum(fault => fault.Value)} faults, settled in {Seconds(report.Settled)}, {report.Jobs.Sum(job => job.Answered)} answered, {report.Jobs.Sum(job => job.Refused)} refused, {report.Jobs.Sum(job => job.Lost)} lost");

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");
}
