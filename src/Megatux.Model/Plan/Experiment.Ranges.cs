using System.Globalization;

namespace Megatux.Model;

/// <summary>Hosts whose names count up by one.</summary>
/// <param name="Nodes">The hosts, folded: <c>ehyperion[2-37]</c>.</param>
/// <param name="Rank">Rank of the first of them.</param>
/// <param name="Count">How many there are.</param>
public sealed record HostRange(string Nodes, long Rank, long Count);

/// <summary>Hosts whose addresses count up by one.</summary>
/// <param name="Rank">Rank of the first of them.</param>
/// <param name="Count">How many there are.</param>
public readonly record struct AddressRun(long Rank, long Count);

public partial record Experiment
{
    /// <summary>The most runs of addresses that files for other programs list.</summary>
    public const int MostAddressRuns = 1000;

    /// <summary>The hosts as ranges, in the order of their ranks: as many as the project writes, however many hosts they span.</summary>
    public IEnumerable<HostRange> HostRanges() => RangesOf(0, HostCount);

    /// <summary>
    /// The hosts as ranges of which the addresses count up by one, too; null where there are more than
    /// <see cref="MostAddressRuns"/> such, or an equation's values do not rise and nobody can say.
    /// </summary>
    public IReadOnlyList<HostRange>? AddressedRanges() =>
        AddressRuns() is { } runs ? [.. runs.SelectMany(run => RangesOf(run.Rank, run.Rank + run.Count))] : null;

    /// <summary>Runs of addresses; null as of <see cref="AddressedRanges"/>.</summary>
    public IReadOnlyList<AddressRun>? AddressRuns()
    {
        if (Equations.HostAddress is not { } own)
            return [new AddressRun(0, HostCount)];
        if (!own.Rises)
            return null;

        // Values rise: when the n-th after the first is the one n higher, so are all between.
        var runs = new List<AddressRun>();
        for (long rank = 0; rank < own.Count; rank += runs[^1].Count)
        {
            long start = rank, first = own.Of(rank);
            if (runs.Count == MostAddressRuns)
                return null;
            runs.Add(new AddressRun(rank, RunLength(own.Count - rank, length => own.Of(start + length - 1) == first + length - 1)));
        }

        return runs;
    }

    /// <summary>
    /// Runs of addresses cut so that the hosts of each are all in one of some sets, which share no hosts, or all in none. Null as of
    /// <see cref="AddressedRanges"/>.
    /// </summary>
    /// <returns>Each run with the place of its set, or -1.</returns>
    public IReadOnlyList<(AddressRun Run, int Set)>? AddressRuns(IReadOnlyList<NodeSet> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        if (AddressRuns() is not { } whole)
            return null;
        NodeSet others = Hosts.Except(NodeSet.UnionOf(sets));
        var runs = new List<(AddressRun, int)>();
        foreach (AddressRun run in whole)
        {
            long end = run.Rank + run.Count;
            for (long rank = run.Rank, count; rank < end; rank += count)
            {
                if (runs.Count == MostAddressRuns)
                    return null;
                long start = rank;
                string first = HostName(start);
                int set = sets.TakeWhile(one => !one.Contains(first)).Count();
                NodeSet around = set < sets.Count ? sets[set] : others;
                count = RunLength(end - start, length => around.Contains(NodeSet.UnionOf(RangesOf(start, start + length).Select(range => NodeSet.Parse(range.Nodes)))));
                runs.Add((new AddressRun(start, count), set < sets.Count ? set : -1));
            }
        }

        return runs;
    }

    private IEnumerable<HostRange> RangesOf(long from, long total)
    {
        for (long rank = from, count; rank < total; rank += count)
        {
            string first = HostName(rank);
            string prefix = first.TrimEnd("0123456789".ToCharArray());
            string digits = first[prefix.Length..];
            count = RunLength(rank, total, prefix, digits);
            yield return new HostRange(count == 1 ? first : $"{prefix}[{digits}-{HostName(rank + count - 1)[prefix.Length..]}]", rank, count);
        }
    }

    /// <summary>Names rise with their ranks, so when the n-th after the first is the one n higher, all between are there too.</summary>
    private long RunLength(long rank, long total, string prefix, string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? RunLength(total - rank, length =>
                HostName(rank + length - 1) == prefix + (number + length - 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits.Length, '0'))
            : 1;

    /// <summary>The greatest length, from 1, that is one; all below it are.</summary>
    private static long RunLength(long most, Func<long, bool> isRun)
    {
        long low = 1, high = most;
        while (low < high)
        {
            long middle = low + ((high - low + 1) / 2);
            if (isRun(middle))
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }
}
