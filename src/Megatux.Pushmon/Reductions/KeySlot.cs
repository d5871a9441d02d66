using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>A key of a reduction in this round, and what came together under it so far.</summary>
internal sealed class KeySlot(byte[] key)
{
    internal ReadOnlySpan<byte> Key => key;

    internal string Name => System.Text.Encoding.UTF8.GetString(key);

    internal Aggregate? Aggregate { get; set; }

    // Each takes in what one sample gave. False: under the key is something else, with which it cannot be merged.

    internal bool Stat(long mantissa, int scale)
    {
        if (OfKind<StatAggregate>() is not { } stat)
            return false;
        stat.Add(mantissa, scale);
        return true;
    }

    internal bool Stat(double value)
    {
        if (OfKind<StatAggregate>() is not { } stat)
            return false;
        stat.Add(value);
        return true;
    }

    internal bool Top(int most, double value, string node)
    {
        if ((Aggregate ??= new TopAggregate(most)) is not TopAggregate top)
            return false;
        if (top.Fits(most))
            top.Add(value, node);
        else
            Top(most, value, System.Text.Encoding.UTF8.GetBytes(node));
        return true;
    }

    internal bool Top(int most, double value, ReadOnlySpan<byte> label)
    {
        var single = new TopAggregate(most);
        single.Add(value, label);
        return (Aggregate ??= new TopAggregate(most)).TryMerge(single);
    }

    internal bool Histogram(double low, double high, int bins, double value)
    {
        if ((Aggregate ??= new HistogramAggregate(low, high, bins)) is not HistogramAggregate histogram || !histogram.Fits(low, high, bins))
            return false;
        histogram.Add(value);
        return true;
    }

    internal bool Distinct(ReadOnlySpan<byte> value)
    {
        if (OfKind<DistinctAggregate>() is not { } distinct)
            return false;
        distinct.Add(value);
        return true;
    }

    internal bool Group(ReadOnlySpan<byte> value, string node)
    {
        if (OfKind<GroupAggregate>() is not { } group)
            return false;
        group.Add(value, node);
        return true;
    }

    internal void Write(SexpWriter output)
    {
        output.BeginList();
        output.Atom(key);
        Aggregate!.Write(output);
        output.EndList();
    }

    private TAggregate? OfKind<TAggregate>()
        where TAggregate : Aggregate, new() => (Aggregate ??= new TAggregate()) as TAggregate;
}
