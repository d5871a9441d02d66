using System.Text;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>
/// What programs of reductions have besides the language: <c>get</c>, and <c>stat top histogram distinct group</c>, which look at their
/// arguments and give the list that they are written as: the reducer takes it in. <c>#f</c> as what is counted gives <c>#f</c>: nothing.
/// </summary>
internal sealed class SampleFunctions
{
    // A datum's kind stands behind its name: 'G, 'C or 'S.
    private const int FirstField = 2;

    private static readonly SexpValue Stat = Symbol(StatAggregate.Name), Top = Symbol(TopAggregate.Name), Histogram = Symbol(HistogramAggregate.Name);
    private static readonly SexpValue Distinct = Symbol(DistinctAggregate.Name), Group = Symbol(GroupAggregate.Name);

    internal SampleFunctions() => All =
    [
        new("get", 3, 3, Get),
        new("stat", (in call, number) => IsNothing(call, number) ? SexpValue.False : List(call, Stat, Number(call, number))),
        new("top", 3, 3, MakeTop),
        new("histogram", 4, 4, MakeHistogram),
        new("distinct", static (in call, value) => value.IsTrue ? List(call, Distinct, value) : SexpValue.False),
        new("group", static (in call, value) => value.IsTrue ? List(call, Group, value) : SexpValue.False),
    ];

    internal SexpPrimitive[] All { get; }

    /// <summary>What the sample's fields are called.</summary>
    internal Datum? Schema { get; set; }

    /// <summary>How many numbers were left out since somebody asked, as they are none: NaN and infinities.</summary>
    internal long NotFinite { get; set; }

    /// <summary><c>(get s 'load 'one)</c>: the field by the schema; <c>#f</c> where there is none.</summary>
    private SexpValue Get(in SexpCall call, ReadOnlySpan<SexpValue> arguments)
    {
        SexpValue sample = arguments[0], entry = arguments[1], field = arguments[2];
        if (!sample.IsList)
            throw call.Expected("a sample", sample);
        if (!entry.IsSymbol || !field.IsSymbol)
            throw call.Expected("symbols as the names of an entry and a field of it", entry.IsSymbol ? field : entry);
        if (Find(call, sample, entry.Bytes) is not { } values)
            return SexpValue.False;
        foreach (Datum described in Schema is null ? [] : Schema.Items)
        {
            call.Step();
            if (described.Items is not [var name, var kind, ..] || !name.IsSymbol(entry.Bytes))
                continue;
            if (kind.Items is [_, var letter] && letter.IsSymbol("S"u8))
                return Find(call, values, field.Bytes) is { } named && named.TryGetFirst(out SexpValue value, out _) ? value : SexpValue.False;
            return At(call, values, described.Items[FirstField..], field.Bytes);
        }

        return SexpValue.False;
    }

    /// <summary>What stands behind a name in a list of lists that begin with names.</summary>
    private static SexpValue? Find(in SexpCall call, SexpValue list, ReadOnlySpan<byte> name)
    {
        for (; list.TryGetFirst(out SexpValue entry, out SexpValue rest); list = rest)
        {
            call.Step();
            if (entry.TryGetFirst(out SexpValue first, out SexpValue values) && first.IsSymbol && first.Bytes.SequenceEqual(name))
                return values;
        }

        return null;
    }

    private static SexpValue At(in SexpCall call, SexpValue values, ReadOnlySpan<Datum> names, ReadOnlySpan<byte> name)
    {
        foreach (Datum candidate in names)
        {
            call.Step();
            if (!values.TryGetFirst(out SexpValue value, out SexpValue rest))
                break;
            if (candidate.IsSymbol(name))
                return value;
            values = rest;
        }

        return SexpValue.False;
    }

    private SexpValue MakeTop(in SexpCall call, ReadOnlySpan<SexpValue> arguments)
    {
        SexpValue count = arguments[0], number = arguments[1], label = arguments[2];
        if (!count.TryGetInteger(out long most) || most is < 1 or > TopAggregate.Most)
            throw call.Expected($"an integer from 1 to {TopAggregate.Most}", count);
        if (IsNothing(call, number))
            return SexpValue.False;
        if ((!label.IsString && !label.IsSymbol) || label.Bytes.Length > TopAggregate.LongestLabel)
            throw call.Expected($"a string of at most {TopAggregate.LongestLabel} bytes", label);
        return List(call, Top, count, Number(call, number), label);
    }

    private SexpValue MakeHistogram(in SexpCall call, ReadOnlySpan<SexpValue> arguments)
    {
        SexpValue low = Number(call, arguments[0]), high = Number(call, arguments[1]), bins = arguments[2], number = arguments[3];
        if (!bins.TryGetInteger(out long count) || !HistogramAggregate.AreValid(low.ToDouble(), high.ToDouble(), count))
            throw call.Fault($"histogram expects a number, a greater one, and 1 to {HistogramAggregate.MostBins} bins");
        return IsNothing(call, number) ? SexpValue.False : List(call, Histogram, low, high, bins, Number(call, number));
    }

    private bool IsNothing(in SexpCall call, SexpValue number)
    {
        if (!number.IsTrue)
            return true;
        if (!Number(call, number).IsInexact || double.IsFinite(number.ToDouble()))
            return false;
        NotFinite++;
        return true;
    }

    private static SexpValue Number(in SexpCall call, SexpValue value) => value.IsNumber ? value : throw call.Expected("a number", value);

    private static SexpValue List(in SexpCall call, params ReadOnlySpan<SexpValue> items)
    {
        const int ItemBytes = 40;
        call.Allocate(items.Length * ItemBytes);
        return SexpValue.List(items);
    }

    private static SexpValue Symbol(string name) => SexpValue.From(Datum.Atom(Encoding.ASCII.GetBytes(name)));
}
