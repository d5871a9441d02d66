using System.Globalization;
using System.Text;
using Megatux.Sexp;

namespace Megatux.Pushmon.Tests;

/// <summary>Samples as nodes say them, and rounds over them.</summary>
internal static class Rounds
{
    internal const string SchemaText =
        "((uptime 'G seconds) (load 'G one five fifteen) (cpu 'C user nice system idle iowait irq softirq steal) (busy 'G percent) " +
        "(memory 'G total free available buffers cached) (net 'C rxbytes rxpackets rxdrops txbytes txpackets txdrops) " +
        "(traffic 'G rx tx) (tasks 'G running total) (about 'G kernel state) (user 'S))";

    internal static Datum Schema { get; } = Datum.Parse(SchemaText);

    /// <summary>Any sample, of few different values so that there are equal ones.</summary>
    internal static string Sample(Random random)
    {
        string Decimal(int most, int digits) => (random.Next(most * 10) / 10.0).ToString("F" + digits, CultureInfo.InvariantCulture);
        string kernel = random.Next(3) switch { 0 => "\"6.1.0-18\"", 1 => "linux", _ => "\"with a space\"" };
        return $"((uptime {Decimal(1000, 2)}) (load {Decimal(4, 2)} 0.01 0.05) (cpu 12 0 3 4000 0 0 0 0) (busy {Decimal(100, random.Next(3))}) " +
            $"(memory 4000000000 30000 {random.Next(40000)} 10 20) (net 1 2 0 3 4 0) (traffic {Decimal(1000, 1)} {Decimal(9, 3)}) " +
            $"(tasks 1 {random.Next(50)}) (about {kernel} s{random.Next(90)}) (user (color {(random.Next(2) == 0 ? "red" : "\"blue\"")})))";
    }

    internal static Reducer Reducer(string program) => new(Reduction.Compile("test", program));

    internal static void Say(this Reducer reducer, string node, string sample) => reducer.Add(node, Schema, Encoding.UTF8.GetBytes(sample));

    internal static string Result(this Reducer reducer) => Encoding.UTF8.GetString(reducer.End());

    /// <summary>One round over samples of n0, n1 and so on.</summary>
    internal static string Of(string program, params string[] samples)
    {
        Reducer reducer = Reducer(program);
        for (int i = 0; i < samples.Length; i++)
            reducer.Say($"n{i}", samples[i]);
        string result = reducer.Result();
        Assert.Equal(default, reducer.Problems);
        return result;
    }
}
