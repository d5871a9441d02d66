using System.Globalization;

namespace Megatux.Model;

/// <summary>Hosts whose names count up by one, and so do their addresses.</summary>
/// <param name="Nodes">The hosts, folded: <c>ehyperion[2-37]</c>.</param>
/// <param name="Rank">Rank of the first of them.</param>
/// <param name="Count">How many there are.</param>
public sealed record HostRange(string Nodes, long Rank, long Count);

public partial record Experiment
{
    /// <summary>The hosts as ranges, in the order of their ranks: as many as the project writes, however many hosts they span.</summary>
    public IEnumerable<HostRange> HostRanges()
    {
        long total = HostCount;
        for (long rank = 0, count; rank < total; rank += count)
        {
            string first = HostName(rank);
            string prefix = first.TrimEnd("0123456789".ToCharArray());
            string digits = first[prefix.Length..];
            count = RunLength(rank, total, prefix, digits);
            yield return new HostRange(count == 1 ? first : $"{prefix}[{digits}-{HostName(rank + count - 1)[prefix.Length..]}]", rank, count);
        }
    }

    /// <summary>Names rise with their ranks, so when the n-th after the first is the one n higher, all between are there too.</summary>
    private long RunLength(long rank, long total, string prefix, string digits)
    {
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            return 1;
        long low = 1, high = total - rank;
        while (low < high)
        {
            long middle = low + ((high - low + 1) / 2);
            string expected = prefix + (number + middle - 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits.Length, '0');
            if (HostName(rank + middle - 1) == expected)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }
}
