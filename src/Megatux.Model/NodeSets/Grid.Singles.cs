namespace Megatux.Model;

/// <content>Grids of one name, and joins of many that have one value of the first number each: a host's guests, or hosts.</content>
internal sealed partial class Grid
{
    /// <summary>What follows the first number where that has one value; null where it has several, or there is no number.</summary>
    public Grid? TailOfSingle => _slices is [{ Heads.Count: 1 } only] ? only.Tail : null;

    /// <summary>The grid of one of its tuples, which shares with this one what both have.</summary>
    public Grid Only(ReadOnlySpan<long> ordinals)
    {
        foreach (Slice slice in _slices)
        {
            if (!slice.Heads.Contains(ordinals[0]))
                continue;
            Grid tail = slice.Tail.Only(ordinals[1..]);
            return Products == 1 && slice.Heads.Count == 1 && tail == slice.Tail ? this : new Grid([new Slice(IndexSet.Of(ordinals[0]), tail)]);
        }

        return this;
    }

    /// <summary>The union of grids that all have the same <see cref="TailOfSingle"/>: sorted once, where joins by pairs make a set each.</summary>
    public static Grid UnionOfSingles(List<Grid> grids)
    {
        long[] heads = new long[grids.Count];
        for (int i = 0; i < heads.Length; i++)
            heads[i] = grids[i]._slices[0].Heads.First;
        Array.Sort(heads);
        var runs = new RunBuilder();
        for (int i = 0; i < heads.Length; i++)
            if (heads[i] > runs.Last)
                runs.Add(Run.Single(heads[i]));
        return new Grid([new Slice(runs.Build()!, grids[0]._slices[0].Tail)]);
    }
}
