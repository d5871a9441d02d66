using System.Text;

namespace Megatux.Model;

/// <summary>All nodes of a set whose names have one pattern. Never empty.</summary>
internal sealed class NodeFamily(NamePattern pattern, Grid grid)
{
    private Ranking? _ranking;

    public NamePattern Pattern => pattern;

    public Grid Grid => grid;

    /// <exception cref="MegatuxException">There are 2^63 or more.</exception>
    public long Count
    {
        get
        {
            try
            {
                return grid.Count;
            }
            catch (OverflowException)
            {
                throw NodeSetLimits.TooLarge();
            }
        }
    }

    // Built when first asked for: parsing, counting and set operations have no use for it. Threads that race build the same.
    private Ranking Ranks => _ranking ??= new Ranking(SortedProducts());

    public long RankOf(ReadOnlySpan<long> ordinals) => Ranks.RankOf(ordinals);

    public string NodeAt(long rank)
    {
        var ordinals = new long[pattern.Axes];
        Ranks.At(rank, ordinals);
        return pattern.Name(ordinals);
    }

    /// <summary>The family of the one node of a rank.</summary>
    public NodeFamily Only(long rank)
    {
        Span<long> ordinals = stackalloc long[NodeSetLimits.Axes];
        ordinals = ordinals[..pattern.Axes];
        Ranks.At(rank, ordinals);
        return new NodeFamily(pattern, grid.Only(ordinals));
    }

    /// <summary>Writes the name of a rank and returns how many characters it has.</summary>
    /// <param name="rank">The rank, below <see cref="Count"/>.</param>
    /// <param name="target">Where to; it must be long enough.</param>
    public int Write(long rank, Span<char> target)
    {
        Span<long> ordinals = stackalloc long[NodeSetLimits.Axes];
        ordinals = ordinals[..pattern.Axes];
        Ranks.At(rank, ordinals);
        return pattern.Write(ordinals, target);
    }

    public IEnumerable<string> Expand()
    {
        foreach (IndexSet[] axes in SortedProducts())
            foreach (long[] ordinals in Odometer.Turn(axes))
                yield return pattern.Name(ordinals);
    }

    public void AppendTo(StringBuilder text, bool steps)
    {
        foreach (IndexSet[] axes in SortedProducts())
        {
            if (text.Length > 0)
                text.Append(',');
            for (int i = 0; i < axes.Length; i++)
                IndexText.Append(text.Append(pattern.TextBefore(i)), axes[i], steps);
            text.Append(pattern.TextBefore(axes.Length));
        }
    }

    /// <summary>
    /// The products in ClusterShell's order: more nodes first; then, number by number, more values first, a lower first
    /// value first. Products have no node in common, so no two are equal in all of that.
    /// </summary>
    private List<IndexSet[]> SortedProducts()
    {
        List<IndexSet[]> products = [];
        grid.AddProducts(products);
        if (products.Count > 1)
            products.Sort(Compare);
        return products;
    }

    private static int Compare(IndexSet[] left, IndexSet[] right)
    {
        int order = Size(right).CompareTo(Size(left));
        for (int i = 0; order == 0 && i < left.Length; i++)
            order = (-left[i].Count, left[i].First, left[i].Last).CompareTo((-right[i].Count, right[i].First, right[i].Last));
        return order;
    }

    /// <summary>Number of tuples of a product; where that passes all counting, a great number does as well for sorting.</summary>
    private static UInt128 Size(IndexSet[] axes)
    {
        UInt128 size = 1;
        foreach (IndexSet axis in axes)
            size = size > UInt128.MaxValue / (UInt128)axis.Count ? UInt128.MaxValue : size * (UInt128)axis.Count;
        return size;
    }
}
