namespace Megatux.Model;

/// <content>Joins of many grids that have one value of the first number each: names of a host's guests, or of hosts.</content>
internal sealed partial class Grid
{
    /// <summary>What follows the first number where that has one value; null where it has several, or there is no number.</summary>
    public Grid? TailOfSingle => _slices is [{ Heads.Count: 1 } only] ? only.Tail : null;

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
