namespace Megatux.Model;

/// <summary>
/// The nodes of one name pattern: a set of n-tuples of ordinals, as a tree of as many levels as the pattern has
/// numbers. A level lists which values of its number go with which set of the numbers after it; values with equal
/// tails stand together, so a product is one slice a level, and equal sets are equal trees however they were written.
/// </summary>
internal sealed partial class Grid : IEquatable<Grid>
{
    /// <summary>Below the last number: the one empty tuple. The whole grid of a name without numbers.</summary>
    public static readonly Grid Point = new([]);

    private readonly Slice[] _slices;
    private readonly int _hash;
    private IndexSet? _heads;

    private Grid(Slice[] slices)
    {
        _slices = slices;
        var hash = new HashCode();
        foreach (Slice slice in slices)
        {
            hash.Add(slice);
            Products += slice.Tail.Products;
            if (Products > NodeSetLimits.Pieces)
                throw NodeSetLimits.TooManyPieces();
        }

        if (slices.Length == 0)
            Products = 1;
        _hash = hash.ToHashCode();
    }

    /// <summary>How many products of index sets make up this grid.</summary>
    public long Products { get; }

    /// <summary>How many tuples there are.</summary>
    /// <exception cref="OverflowException">There are 2^63 or more.</exception>
    public long Count
    {
        get
        {
            if (_slices.Length == 0)
                return 1;
            long count = 0;
            foreach (Slice slice in _slices)
                count = checked(count + slice.Heads.Count * slice.Tail.Count);
            return count;
        }
    }

    /// <summary>The product of index sets, one for each number.</summary>
    public static Grid Of(ReadOnlySpan<IndexSet> axes)
    {
        Grid grid = Point;
        for (int i = axes.Length - 1; i >= 0; i--)
            grid = new Grid([new Slice(axes[i], grid)]);
        return grid;
    }

    public bool Contains(ReadOnlySpan<long> ordinals)
    {
        if (ordinals.IsEmpty)
            return true;
        foreach (Slice slice in _slices)
            if (slice.Heads.Contains(ordinals[0]))
                return slice.Tail.Contains(ordinals[1..]);
        return false;
    }

    /// <summary>Adds the products that make up this grid, which have no tuple in common, to <paramref name="products"/>.</summary>
    public void AddProducts(List<IndexSet[]> products, ReadOnlySpan<IndexSet> before = default)
    {
        if (_slices.Length == 0)
            products.Add(before.ToArray());
        foreach (Slice slice in _slices)
            slice.Tail.AddProducts(products, [.. before, slice.Heads]);
    }

    public bool Equals(Grid? other) =>
        ReferenceEquals(this, other) || other is not null && _hash == other._hash && _slices.AsSpan().SequenceEqual(other._slices);

    public override bool Equals(object? obj) => Equals(obj as Grid);

    public override int GetHashCode() => _hash;

    /// <summary>Values of a number, and what may follow each of them.</summary>
    private readonly record struct Slice(IndexSet Heads, Grid Tail);
}
