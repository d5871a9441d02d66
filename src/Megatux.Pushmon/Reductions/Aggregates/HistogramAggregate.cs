using System.Runtime.CompilerServices;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>
/// <c>(histogram LOW HIGH UNDER OVER C0 ... Cn-1)</c>: how many numbers fell into each of equally wide bins from LOW on to below HIGH, and
/// how many lay under LOW, or from HIGH on.
/// </summary>
internal sealed class HistogramAggregate(double low, double high, int bins) : Aggregate
{
    internal const string Name = "histogram";

    /// <summary>The most bins.</summary>
    internal const int MostBins = 256;

    private readonly long[] _counts = new long[bins];
    private readonly double _binsByWidth = bins / (high - low);
    private long _under, _over;

    internal override string Shape => "(histogram LOW HIGH UNDER OVER COUNT ...)";

    internal static bool AreValid(double low, double high, long bins) => low < high && double.IsFinite(high - low) && bins is >= 1 and <= MostBins;

    internal bool Fits(double otherLow, double otherHigh, int otherBins) => low == otherLow && high == otherHigh && bins == otherBins;

    /// <summary>Takes in a finite number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(double value)
    {
        if (value < low)
            _under++;
        else if (value >= high)
            _over++;
        else
            _counts[Math.Min((int)((value - low) * _binsByWidth), bins - 1)]++;
    }

    internal override bool TryMerge(Aggregate other)
    {
        if (other is not HistogramAggregate histogram || !histogram.Fits(low, high, bins))
            return false;
        _under = Sum(_under, histogram._under);
        _over = Sum(_over, histogram._over);
        for (int i = 0; i < _counts.Length; i++)
            _counts[i] = Sum(_counts[i], histogram._counts[i]);
        return true;
    }

    internal override void Write(SexpWriter output)
    {
        WriteName(output, Name);
        WriteNumber(output, low);
        WriteNumber(output, high);
        output.Number(_under);
        output.Number(_over);
        foreach (long count in _counts)
            output.Number(count);
        output.EndList();
    }

    internal static HistogramAggregate? Read(ReadOnlySpan<Datum> parts)
    {
        if (parts is not [var low, var high, var under, var over, .. var counts] || !TryReadNumber(low, out double from) || !TryReadNumber(high, out double to)
            || !AreValid(from, to, counts.Length))
            return null;
        var histogram = new HistogramAggregate(from, to, counts.Length);
        bool isRead = TryReadCount(under, out histogram._under) && TryReadCount(over, out histogram._over);
        for (int i = 0; i < counts.Length && isRead; i++)
            isRead = TryReadCount(counts[i], out histogram._counts[i]);
        return isRead ? histogram : null;
    }
}
