using System.Globalization;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>Writes reports.</summary>
internal static class ReportWriter
{
    internal static Datum Of(MonitorReport report)
    {
        List<Datum> parts =
        [
            Datum.Atom("report"),
            Part("time", Datum.Atom(Seconds(report.Time))),
            Part("interval", Number(report.Interval.TotalSeconds)),
            Part("nodes", Datum.Number(report.Contributors), Datum.Number(report.Expected)),
            Part("age", Number(report.OldestAge ?? double.NaN), Number(report.NewestAge ?? double.NaN)),
            Part("dropped", Datum.Number(report.Dropped)),
            Part("reductions", [.. report.Reductions.Select(Of)]),
            Part("problems", [.. report.Problems.Select(problem => Datum.List(Name(problem.Name), Datum.Number(problem.Count), Datum.String(problem.Text)))]),
        ];
        if (report.Raw.Count > 0)
            parts.Add(Part("raw", [.. report.Raw.Select(Of)]));
        if (report.Schemas.Count > 0)
            parts.Add(Part("schemas", [.. report.Schemas.Select(schema => Datum.List(Datum.String(schema.Nodes.ToString()), schema.Fields))]));
        return Datum.List([.. parts, .. report.Others]);
    }

    internal static Datum Of(RawSample sample) => Datum.List(
        Datum.List(Datum.String(SampleReader.Mark + Seconds(sample.Time))),
        Datum.Atom($"0x{sample.Number:x}"),
        Datum.String(string.Create(CultureInfo.InvariantCulture, $"o0x{sample.Number:x} s{sample.Sequence} #{sample.Dropped}")),
        Datum.String(sample.Node),
        sample.Data);

    /// <summary>A value.</summary>
    internal static Datum Of(ReportedValue value) => value switch
    {
        StatValue stat => Part("stat", Datum.Number(stat.Count), Number(stat.Sum), Number(stat.Least), Number(stat.Greatest), Number(stat.SumOfSquares)),
        TopValue top => Part("top", [Datum.Number(top.Size), .. top.Items.Select(item => Datum.List(Number(item.Value), Datum.String(item.Label)))]),
        HistogramValue histogram => Part("histogram",
            [Number(histogram.Low), Number(histogram.High), Datum.Number(histogram.Under), Datum.Number(histogram.Over), .. histogram.Bins.Select(Datum.Number)]),
        DistinctValue distinct => Part("distinct", Number(distinct.Estimate), Datum.String(distinct.Registers)),
        GroupValue group => Part("group",
            [.. group.Groups.Select(one => Datum.List(one.Value, Datum.String(one.Nodes.ToString()))), .. group.Others > 0 ? (Datum[])[Part("others", Datum.Number(group.Others))] : []]),
        OtherValue other => other.Datum,
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private static Datum Of(ReductionResult result) =>
        Datum.List([Name(result.Name), .. result.Values.Select(value => Datum.List(Name(value.Key), Of(value.Value)))]);

    /// <summary>A name as it is typed: a symbol where it can be one.</summary>
    internal static Datum Name(string name)
    {
        try
        {
            return Datum.Atom(name);
        }
        catch (ArgumentException)
        {
            return Datum.String(name);
        }
    }

    private static Datum Part(string name, params ReadOnlySpan<Datum> items) => Datum.List([Datum.Atom(name), .. items]);

    // Whole numbers without a point, as nodes write them.
    private static Datum Number(double value) => value == Math.Truncate(value) && Math.Abs(value) < 1e15 ? Datum.Number((long)value) : SexpValue.Inexact(value).ToDatum();

    private static string Seconds(DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(time - DateTimeOffset.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond:0.000000}");
}
