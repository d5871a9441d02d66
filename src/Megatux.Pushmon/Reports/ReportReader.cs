using System.Globalization;
using Megatux.Model;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>Reads reports. What is of an unknown form is left as it is; only what is no report at all is an error.</summary>
internal static class ReportReader
{
    /// <summary>The most bytes of a line: 256 samples, and all that reductions may be.</summary>
    internal const int LongestLine = 16 << 20;

    /// <summary>How large a report may be.</summary>
    internal static readonly SexpLimits Limits = new() { MaxMessageBytes = LongestLine, MaxTokenBytes = 1 << 20 };

    internal static MonitorReport Read(Datum report, SourceLocation? where)
    {
        if (!IsCalled(report, "report"u8) || ListOf(report, "time") is not { Items: [_, var time] } || TimeOf(time.Bytes) is not { } when)
            throw Malformed("it does not begin with (report (time SECONDS)", where);
        List<Datum> others = [];
        var read = new MonitorReport { Time = when };
        foreach (Datum part in report.Items[1..])
            read = With(read, part, others);
        return read with { Others = others };
    }

    /// <summary>Reads a line that the root writes.</summary>
    /// <exception cref="MegatuxException">It is no S-expression.</exception>
    internal static Datum ReadLine(ReadOnlySpan<byte> line, SourceLocation? where = null)
    {
        try
        {
            return Datum.Parse(line, Limits);
        }
        catch (SexpException malformed)
        {
            throw Malformed(malformed.Message, where, malformed);
        }
    }

    internal static bool IsCalled(Datum datum, ReadOnlySpan<byte> name) => datum.Items is [var first, ..] && first.IsSymbol(name);

    /// <summary>The symbol that a list begins with; nothing if there is none.</summary>
    internal static string NameOf(Datum datum) => datum.Items is [{ Kind: DatumKind.Symbol } name, ..] ? name.Text : "";

    /// <summary>The list of a list whose first item is a name.</summary>
    internal static Datum? ListOf(Datum datum, string name)
    {
        foreach (Datum item in datum.Items)
            if (NameOf(item) == name)
                return item;
        return null;
    }

    internal static double? NumberOf(Datum datum) => datum.Kind == DatumKind.Number ? SexpValue.From(datum).ToDouble() : null;

    internal static MegatuxException Malformed(string why, SourceLocation? where = null, Exception? inner = null) => new(ErrorCodes.ReportMalformed,
        $"What should be a report of an experiment's root is none: {why}. Use the megatux that the experiment was booted with, or record again.", null, where, inner);

    /// <summary>Unix time in seconds, which may have a fraction.</summary>
    internal static DateTimeOffset? TimeOf(ReadOnlySpan<byte> seconds) =>
        decimal.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal time) && time < 253402300800m
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(time * TimeSpan.TicksPerSecond)) : null;

    private static MonitorReport With(MonitorReport report, Datum part, List<Datum> others)
    {
        switch (NameOf(part))
        {
            case "time":
                return report;
            case "interval" when part.Items is [_, var seconds] && NumberOf(seconds) is { } interval and > 0 and < 1e9:
                return report with { Interval = TimeSpan.FromSeconds(interval) };
            case "nodes" when part.Items is [_, var contributors, var expected]:
                return report with { Contributors = WholeOf(contributors), Expected = WholeOf(expected) };
            case "age" when part.Items is [_, var oldest, var newest]:
                return report with { OldestAge = FiniteOf(oldest), NewestAge = FiniteOf(newest) };
            case "dropped" when part.Items is [_, var dropped]:
                return report with { Dropped = WholeOf(dropped) };
            case "reductions":
                return report with { Reductions = All(part, ReductionOf) };
            case "problems":
                return report with { Problems = All(part, ProblemOf) };
            case "raw":
                return report with { Raw = All(part, SampleReader.SampleOf) };
            case "schemas":
                return report with { Schemas = All(part, SampleReader.SchemaOf) };
            default:
                others.Add(part);
                return report;
        }
    }

    private static List<T> All<T>(Datum part, Func<Datum, T?> read) where T : class
    {
        var all = new List<T>(part.Items.Length - 1);
        foreach (Datum item in part.Items[1..])
            if (read(item) is { } one)
                all.Add(one);
        return all;
    }

    private static ReductionResult? ReductionOf(Datum item)
    {
        if (item.Items is not [{ Kind: not DatumKind.List } name, .. var values])
            return null;
        var read = new List<KeyValuePair<string, ReportedValue>>(values.Length);
        foreach (Datum value in values)
            if (value.Items is [var key, var what])
                read.Add(new(key.Kind == DatumKind.List ? key.ToString() : key.Text, ValueReader.Read(what)));
        return new ReductionResult(name.Text, read);
    }

    private static ReductionProblem? ProblemOf(Datum item) => item.Items is [{ Kind: not DatumKind.List } name, var count, { Kind: not DatumKind.List } text]
        ? new ReductionProblem(name.Text, WholeOf(count), text.Text) : null;

    /// <summary>A whole number; 0 for what is none.</summary>
    internal static long WholeOf(Datum datum) => NumberOf(datum) is { } number && !double.IsNaN(number) ? (long)Math.Round(number) : 0;

    private static double? FiniteOf(Datum datum) => NumberOf(datum) is { } number && double.IsFinite(number) ? number : null;
}
