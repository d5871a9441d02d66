using System.Globalization;

namespace Megatux.Benchmarks;

/// <summary>What monitoring costs at the root, against the number of nodes: as much, however many they are.</summary>
internal sealed class PushBytesRow : Row
{
    private const int Guests = 1000;
    private const double Aim = 1.1, MemoryAim = 10e9;

    /// <summary>From so many hosts on, as many push to the root as ever do.</summary>
    private const long Few = 1000;

    private static readonly long[] Sizes = [10, 100, Few, 10_000];
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(15);

    internal override string Name => "push-bytes";

    internal override string About => "monitoring once a second of up to 10,000 hosts with 1000 guests each, simulated: bytes at the root, and the most at any daemon";

    internal override void Run(Report report, Workshop shop)
    {
        double few = 0;
        foreach (long hosts in Sizes)
        {
            long started = Stopwatch.GetTimestamp();
            (PushLoad load, double memory) = RunOf(hosts);
            report.Note(string.Create(CultureInfo.InvariantCulture, $"""
                {hosts:N0} hosts, {hosts * (1 + Guests):N0} nodes: {load.RootPushes:0.#} pushes a second at the root, {Unit.Bytes.Of(load.RootPushBytes)}, with what it answers {Unit.Bytes.Of(load.RootBytes)}
                most at any daemon: {load.MostMessages:0.#} messages and {Unit.Bytes.Of(load.MostBytes)} a second; {Unit.Seconds.Of(Stopwatch.GetElapsedTime(started).TotalSeconds)} and {Unit.Bytes.Of(memory)} here
                """));
            if (hosts == Few)
                few = load.RootBytes;
            else if (hosts > Few)
                report.Add(Comparison.OfBytes($"a second at the root, {hosts:N0} hosts", $"{Few} hosts", (long)load.RootBytes, (long)few, Aim));
            if (hosts == Sizes[^1])
                report.Add(Comparison.WithLimit("memory", Unit.Bytes, [memory], MemoryAim));
        }
    }

    private static (PushLoad Load, double Memory) RunOf(long hosts)
    {
        string[] words = [PushVerb.Word, hosts.ToString(CultureInfo.InvariantCulture), Guests.ToString(CultureInfo.InvariantCulture)];
        string output = Testing.Command.Run(Environment.ProcessPath!, words, deadline: Deadline).Succeeded().Output;
        double[] values = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        return (new PushLoad(values[0], values[1], values[2], values[3], values[4]), values[5]);
    }
}
