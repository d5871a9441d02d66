using Megatux.Model;
using Megatux.Sexp;
using static Megatux.Pushmon.ReportReader;

namespace Megatux.Pushmon;

/// <summary>Reads values of reductions.</summary>
internal static class ValueReader
{
    /// <summary>The value; what has not the form of a built-in aggregate is one of a program's own.</summary>
    internal static ReportedValue Read(Datum datum) => NameOf(datum) switch
    {
        "stat" when datum.Items is [_, var count, var sum, var least, var greatest, var squares]
            && NumberOf(sum) is { } all && NumberOf(least) is { } low && NumberOf(greatest) is { } high && NumberOf(squares) is { } square
            => new StatValue(WholeOf(count), all, low, high, square),
        "top" when datum.Items is [_, var size, ..] => new TopValue(WholeOf(size), TopOf(datum.Items[2..])),
        "histogram" when datum.Items is [_, var low, var high, var under, var over, _, ..] && NumberOf(low) is { } from && NumberOf(high) is { } to
            => new HistogramValue(from, to, WholeOf(under), WholeOf(over), WholesOf(datum.Items[5..])),
        "distinct" when datum.Items is [_, var estimate, ..] && NumberOf(estimate) is { } about
            => new DistinctValue(about, datum.Items is [_, _, var registers] ? registers.Text : ""),
        "group" => GroupOf(datum.Items[1..]),
        _ => new OtherValue(datum),
    };

    private static List<TopItem> TopOf(ReadOnlySpan<Datum> items)
    {
        List<TopItem> top = [];
        foreach (Datum item in items)
            if (item.Items is [var value, var label] && NumberOf(value) is { } number)
                top.Add(new TopItem(number, label.Kind == DatumKind.List ? label.ToString() : label.Text));
        return top;
    }

    private static long[] WholesOf(ReadOnlySpan<Datum> items)
    {
        long[] wholes = new long[items.Length];
        for (int at = 0; at < wholes.Length; at++)
            wholes[at] = WholeOf(items[at]);
        return wholes;
    }

    private static GroupValue GroupOf(ReadOnlySpan<Datum> items)
    {
        List<GroupedNodes> groups = [];
        long others = 0;
        foreach (Datum item in items)
        {
            if (item.Items is [_, { Kind: DatumKind.Number } count])
                others += WholeOf(count);
            else if (item.Items is [var value, { Kind: DatumKind.String } nodes] && NodeSet.TryParse(nodes.Text, out NodeSet set, out _))
                groups.Add(new GroupedNodes(value, set));
        }

        return new GroupValue(groups, others);
    }
}
