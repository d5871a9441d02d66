namespace Megatux.Model;

/// <content>Set operations: slice by slice, then slices with equal tails become one.</content>
internal sealed partial class Grid
{
    private const int FewSlices = 16;

    /// <summary>The result for two grids of the same pattern; null stands for the empty grid, both ways.</summary>
    public static Grid? Combine(Grid? left, Grid? right, SetOperation operation)
    {
        if (left is null || right is null)
            return operation.HasFlag(left is null ? SetOperation.KeepRight : SetOperation.KeepLeft) ? left ?? right : null;
        if (left.Equals(right))
            return operation.HasFlag(SetOperation.KeepBoth) ? left : null;

        // Equal tails: only the heads matter. This is all there is to names with one number.
        if (left._slices is [var a] && right._slices is [var b] && a.Tail.Equals(b.Tail))
            return IndexSet.Combine(a.Heads, b.Heads, operation) is { } heads ? new Grid([new Slice(heads, a.Tail)]) : null;

        var byTail = new Dictionary<Grid, List<IndexSet>>();
        AddShared(byTail, left, right, operation);
        if (operation.HasFlag(SetOperation.KeepLeft))
            AddRemainders(byTail, left, right);
        if (operation.HasFlag(SetOperation.KeepRight))
            AddRemainders(byTail, right, left);
        return FromTails(byTail);
    }

    /// <summary>Heads that both grids have, with their tails combined.</summary>
    private static void AddShared(
        Dictionary<Grid, List<IndexSet>> byTail, Grid left, Grid right, SetOperation operation)
    {
        IndexSet? all = right.AllHeads;
        foreach (Slice a in left._slices)
        {
            // Of many slices most share nothing: knowing what is left to find ends the search.
            IndexSet? wanted = all is null ? a.Heads : Intersect(a.Heads, all);
            for (int i = 0; wanted is not null && i < right._slices.Length; i++)
            {
                Slice b = right._slices[i];
                if (Intersect(wanted, b.Heads) is not { } heads)
                    continue;
                if (Combine(a.Tail, b.Tail, operation) is { } tail)
                    Add(byTail, tail, heads);
                if (all is not null)
                    wanted = IndexSet.Combine(wanted, heads, SetOperation.Except);
            }
        }
    }

    /// <summary>Heads that only <paramref name="own"/> has, with their tails as they are.</summary>
    private static void AddRemainders(Dictionary<Grid, List<IndexSet>> byTail, Grid own, Grid other)
    {
        IndexSet? all = other.AllHeads;
        foreach (Slice slice in own._slices)
        {
            IndexSet? heads = slice.Heads;
            if (all is not null)
                heads = IndexSet.Combine(heads, all, SetOperation.Except);
            else
                for (int i = 0; heads is not null && i < other._slices.Length; i++)
                    heads = IndexSet.Combine(heads, other._slices[i].Heads, SetOperation.Except);
            if (heads is not null)
                Add(byTail, slice.Tail, heads);
        }
    }

    private static IndexSet? Intersect(IndexSet a, IndexSet b) =>
        a.First <= b.Last && b.First <= a.Last ? IndexSet.Combine(a, b, SetOperation.Intersect) : null;

    /// <summary>
    /// All values of the first number; null where slices are so few that one by one is as good: the steps of few may
    /// reach far, and interleave so that their union cannot be kept.
    /// </summary>
    private IndexSet? AllHeads =>
        _slices.Length <= FewSlices ? null : _heads ??= Union([.. _slices.Select(slice => slice.Heads)]);

    private static IndexSet Union(List<IndexSet> heads) =>
        Halves.Join(heads, (a, b) => IndexSet.Combine(a, b, SetOperation.Union)!);

    private static void Add(Dictionary<Grid, List<IndexSet>> byTail, Grid tail, IndexSet heads)
    {
        if (!byTail.TryGetValue(tail, out List<IndexSet>? list))
            byTail.Add(tail, list = []);
        list.Add(heads);
    }

    private static Grid? FromTails(Dictionary<Grid, List<IndexSet>> byTail)
    {
        if (byTail.Count == 0)
            return null;
        var slices = new List<Slice>(byTail.Count);
        foreach ((Grid tail, List<IndexSet> heads) in byTail)
            slices.Add(new Slice(Union(heads), tail));

        // Heads are disjoint, so their first members put the slices in the one order.
        slices.Sort((a, b) => a.Heads.First.CompareTo(b.Heads.First));
        return new Grid([.. slices]);
    }
}
