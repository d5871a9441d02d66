using Megatux.Tree;

namespace Megatux.Pushmon;

/// <summary>
/// Ranks as ranges. Takes bounded memory: of too many ranges, those that are nearest to each other become one, so that it may hold
/// more ranks than were put into it.
/// </summary>
public sealed class RankSet
{
    /// <summary>The most ranges.</summary>
    private const int MostRanges = 64;

    private const int RangeBytes = 2 * sizeof(long);

    private readonly List<(long First, long Last)> _ranges = [];

    /// <summary>True when it holds none.</summary>
    public bool IsEmpty => _ranges.Count == 0;

    /// <summary>A set of one rank.</summary>
    public static RankSet Of(long rank)
    {
        var set = new RankSet();
        set.Add(rank, rank);
        return set;
    }

    /// <summary>Adds all of another set.</summary>
    public void Add(RankSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach ((long first, long last) in other._ranges)
            Add(first, last);
    }

    /// <summary>Whether there is a rank in both.</summary>
    public bool Overlaps(RankSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (int mine = 0, its = 0; mine < _ranges.Count && its < other._ranges.Count;)
        {
            if (_ranges[mine].Last < other._ranges[its].First)
                mine++;
            else if (other._ranges[its].Last < _ranges[mine].First)
                its++;
            else
                return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(',', _ranges.Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First}-{range.Last}"));

    internal void Write(PayloadWriter payload)
    {
        payload.Small((uint)_ranges.Count);
        foreach ((long first, long last) in _ranges)
        {
            payload.Number(first);
            payload.Number(last);
        }
    }

    internal static RankSet Read(ref PayloadReader reader)
    {
        var set = new RankSet();
        for (int count = reader.Count(RangeBytes); count > 0; count--)
        {
            (long first, long last) = (reader.Number(), reader.Number());
            if (first <= last)
                set.Add(first, last);
        }

        return set;
    }

    private void Add(long first, long last)
    {
        int place = _ranges.FindIndex(range => range.Last >= first - 1);
        if (place < 0)
            place = _ranges.Count;
        while (place < _ranges.Count && _ranges[place].First <= last + 1)
        {
            (first, last) = (Math.Min(first, _ranges[place].First), Math.Max(last, _ranges[place].Last));
            _ranges.RemoveAt(place);
        }

        _ranges.Insert(place, (first, last));
        if (_ranges.Count > MostRanges)
            JoinNearest();
    }

    private void JoinNearest()
    {
        int nearest = 0;
        for (int place = 1; place + 1 < _ranges.Count; place++)
            if (_ranges[place + 1].First - _ranges[place].Last < _ranges[nearest + 1].First - _ranges[nearest].Last)
                nearest = place;
        _ranges[nearest] = (_ranges[nearest].First, _ranges[nearest + 1].Last);
        _ranges.RemoveAt(nearest + 1);
    }
}
