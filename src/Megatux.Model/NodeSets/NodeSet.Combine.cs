namespace Megatux.Model;

/// <content>Set operations.</content>
public sealed partial class NodeSet
{
    /// <summary>From so many sets on, it is looked for single names among them.</summary>
    private const int Many = 16;

    /// <summary>The nodes of either set.</summary>
    /// <exception cref="MegatuxException">The result of any operation may fall into too many ranges to be kept.</exception>
    public NodeSet Union(NodeSet other) => Combine(this, other, SetOperation.Union);

    /// <summary>The nodes of this set that <paramref name="other"/> lacks.</summary>
    /// <inheritdoc cref="Union"/>
    public NodeSet Except(NodeSet other) => Combine(this, other, SetOperation.Except);

    /// <summary>The nodes of both sets.</summary>
    /// <inheritdoc cref="Union"/>
    public NodeSet Intersect(NodeSet other) => Combine(this, other, SetOperation.Intersect);

    /// <summary>The nodes that just one of the sets has.</summary>
    /// <inheritdoc cref="Union"/>
    public NodeSet SymmetricExcept(NodeSet other) => Combine(this, other, SetOperation.SymmetricExcept);

    /// <summary>The nodes of any of the sets. Joins many sets far faster than one union after another.</summary>
    /// <inheritdoc cref="Union"/>
    public static NodeSet UnionOf(IEnumerable<NodeSet> sets)
    {
        List<NodeSet> list = [.. sets];
        if (list.Count >= Many)
            list = WithSinglesJoined(list);
        return list.Count == 0 ? Empty : Halves.Join(list, (a, b) => a.Union(b));
    }

    // Names that differ in their first number alone are joined at once: a host's guests, one by one.
    private static List<NodeSet> WithSinglesJoined(List<NodeSet> list)
    {
        var singles = new Dictionary<(NamePattern Pattern, Grid Tail), List<Grid>>();
        var joined = new List<NodeSet>();
        foreach (NodeSet set in list)
        {
            if (set._families is not [var family] || family.Grid.TailOfSingle is not { } tail)
                joined.Add(set);
            else if (singles.TryGetValue((family.Pattern, tail), out List<Grid>? grids))
                grids.Add(family.Grid);
            else
                singles.Add((family.Pattern, tail), [family.Grid]);
        }

        foreach (((NamePattern pattern, _), List<Grid> grids) in singles)
            joined.Add(new NodeSet([new NodeFamily(pattern, Grid.UnionOfSingles(grids))]));
        return joined;
    }

    internal static NodeSet Combine(NodeSet left, NodeSet right, SetOperation operation)
    {
        ArgumentNullException.ThrowIfNull(right);
        var families = new List<NodeFamily>(Math.Max(left._families.Length, right._families.Length));
        int i = 0, j = 0;
        while (i < left._families.Length || j < right._families.Length)
        {
            NodeFamily? a = i < left._families.Length ? left._families[i] : null;
            NodeFamily? b = j < right._families.Length ? right._families[j] : null;
            int order = a is null ? 1 : b is null ? -1 : string.CompareOrdinal(a.Pattern.Key, b.Pattern.Key);
            if (order > 0)
                a = null;
            else
                i++;
            if (order < 0)
                b = null;
            else
                j++;
            if (Grid.Combine(a?.Grid, b?.Grid, operation) is { } grid)
                families.Add(new NodeFamily((a ?? b)!.Pattern, grid));
        }

        return families.Count == 0 ? Empty : new NodeSet([.. families]);
    }
}
