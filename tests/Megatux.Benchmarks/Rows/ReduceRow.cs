using System.Globalization;
using System.Text;
using Megatux.Pushmon;
using Megatux.Sexp;

namespace Megatux.Benchmarks;

/// <summary>What a reducer does each second: the samples of a thousand guests, from their text to one aggregate.</summary>
internal sealed class ReduceRow : Row
{
    private const int Guests = 1024, Seconds = 8, Rounds = 1000, MachineRounds = 8;
    private const double Aim = 100e-9;

    internal const string SchemaText =
        "((uptime 'G seconds) (load 'G one five fifteen) (cpu 'C user nice system idle iowait irq softirq steal) (busy 'G percent) " +
        "(memory 'G total free available buffers cached) (net 'C rxbytes rxpackets rxdrops txbytes txpackets txdrops) " +
        "(traffic 'G rx tx) (tasks 'G running total) (user 'S))";

    internal override string Name => "reduce";

    internal override string About => "samples of 1024 guests from text to one aggregate, one core, against the same in C with the library sfsexp";

    internal override void Run(Report report, Workshop shop)
    {
        // Every round takes the samples of another second: they change in all places where real ones do.
        byte[][] samples = [.. Enumerable.Range(0, Seconds * Guests).Select(Sample)];
        var ours = new Job(() => Reduce(Reduction.Nodes, samples, Rounds));
        if (ReducePeer.TryCompile(report, shop, samples) is { } peer)
        {
            Comparison found = Pairs.Measure($"{Guests} samples, {Rounds:N0} rounds, built-in reduction", "sfsexp", null, ours, new Job(() => peer.Run(Rounds / Seconds)));
            report.Add(found);
            report.Note(string.Create(CultureInfo.InvariantCulture,
                $"samples a second: ours {Samples(Rounds) / found.Ours.Median:N0}, at best {Samples(Rounds) / found.Ours.Least:N0}; sfsexp {Samples(Rounds) / found.Theirs.Median:N0}"));
        }

        double bytes = samples.Average(sample => sample.Length);
        report.Add(Comparison.WithLimit($"one sample of {bytes:0} bytes, built-in reduction (ten keys)", Unit.Seconds, Enumerable.Range(0, 5).Select(_ => ours.Seconds() / Samples(Rounds)), Aim));

        // A definition more, and the program takes the machine: what it costs that a person may write any program.
        Reduction any = Reduction.Compile("any", Reduction.Nodes.Text + "(define one 1)");
        report.Add(Pairs.Measure($"the same by a program of any form, {MachineRounds} rounds", "straight from the text", null,
            new Job(() => Reduce(any, samples, MachineRounds)), new Job(() => Reduce(Reduction.Nodes, samples, MachineRounds))));
        byte[] result = Reduce(Reduction.Nodes, samples, 1);
        report.Add(Comparison.WithLimit($"merging a result of {result.Length} bytes", Unit.Seconds, Enumerable.Range(0, 5).Select(_ => Merge(result)), 1e-3));
    }

    private static double Samples(int rounds) => (double)rounds * Guests;

    internal static byte[] Sample(int guest)
    {
        var random = new Random(guest);
        string text = string.Create(CultureInfo.InvariantCulture,
            $"((uptime {random.Next(100000)}.{random.Next(100):00}) (load {random.Next(4)}.{random.Next(100):00} 0.01 0.05) " +
            $"(cpu {random.Next(100000)} 0 {random.Next(9999)} {random.Next(1000000)} 0 0 0 0) (busy {random.Next(100)}.{random.Next(10)}) " +
            $"(memory 40348 {random.Next(10000, 30000)} {random.Next(10000, 30000)} 10 2012) (net {random.Next(1000000)} 200 0 {random.Next(1000000)} 400 0) " +
            $"(traffic {random.Next(10000)}.{random.Next(10)} {random.Next(10000)}.{random.Next(10)}) (tasks 1 {random.Next(10, 40)}) (user))");
        return Encoding.ASCII.GetBytes(text);
    }

    private static byte[] Reduce(Reduction reduction, byte[][] samples, int rounds)
    {
        var reducer = new Reducer(reduction);
        Datum schema = Datum.Parse(SchemaText);
        string[] names = [.. Enumerable.Range(0, Guests).Select(guest => $"vm{guest}.h1")];
        byte[] result = [];
        for (int round = 0; round < rounds; round++)
        {
            reducer.Begin();
            ReadOnlySpan<byte[]> now = samples.AsSpan(round % Seconds * Guests, Guests);
            for (int guest = 0; guest < Guests; guest++)
                reducer.Add(names[guest], schema, now[guest]);
            result = reducer.End();
        }

        if (reducer.Problems.Count > 0 || !Encoding.ASCII.GetString(result).Contains($"(load (stat {Guests} ", StringComparison.Ordinal))
            throw new InvalidOperationException("not all samples were reduced");
        return result;
    }

    private static double Merge(byte[] result)
    {
        const int Results = 1000;
        var reducer = new Reducer(Reduction.Nodes);
        return new Job(() =>
        {
            for (int i = 0; i < Results; i++)
                reducer.Merge(result);
        }).Seconds() / Results;
    }
}
