namespace Megatux.Model;

/// <content>Set operations: slice by slice, then slices with equal tails become one.</content>
internal sealed partial class Grid
{
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
    private static void AddShared(Dictionary<Grid, List<IndexSet>> byTail, Grid left, Grid right, SetOperation operation)
    {
        foreach (Slice a in left._slices)
            foreach (Slice b in right._slices)
                if (Touch(a.Heads, b.Heads)
                    && IndexSet.Combine(a.Heads, b.Heads, SetOperation.Intersect) is { } heads
                    && Combine(a.Tail, b.Tail, operation) is { } tail)
                    Add(byTail, tail, heads);
    }

    /// <summary>Heads that only <paramref name="own"/> has, with their tails as they are.</summary>
    private static void AddRemainders(Dictionary<Grid, List<IndexSet>> byTail, Grid own, Grid other)
    {
        foreach (Slice slice in own._slices)
        {
            IndexSet? heads = slice.Heads;
            foreach (Slice taken in other._slices)
                if (heads is not null && Touch(heads, taken.Heads))
                    heads = IndexSet.Combine(heads, taken.Heads, SetOperation.Except);
            if (heads is not null)
                Add(byTail, slice.Tail, heads);
        }
    }

    private static bool Touch(IndexSet a, IndexSet b) => a.First <= b.Last && b.First <= a.Last;

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
            slices.Add(new Slice(Halves.Join(heads, (a, b) => IndexSet.Combine(a, b, SetOperation.Union)!), tail));

        // Heads are disjoint, so their first members put the slices in the one order.
        slices.Sort((a, b) => a.Heads.First.CompareTo(b.Heads.First));
        return new Grid([.. slices]);
    }
}
