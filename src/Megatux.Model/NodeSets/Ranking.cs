namespace Megatux.Model;

/// <summary>Numbers the tuples of a list of products: product after product, the last number of a tuple turning fastest.</summary>
internal sealed class Ranking
{
    private readonly List<IndexSet[]> _products;
    private readonly long[] _before;

    /// <exception cref="MegatuxException">There are 2^63 tuples or more.</exception>
    public Ranking(List<IndexSet[]> products)
    {
        _products = products;
        _before = new long[products.Count];
        try
        {
            for (int i = 0; i < products.Count; i++)
            {
                _before[i] = Count;
                long size = 1;
                foreach (IndexSet axis in products[i])
                    size = checked(size * axis.Count);
                Count = checked(Count + size);
            }
        }
        catch (OverflowException)
        {
            throw NodeSetLimits.TooLarge();
        }
    }

    public long Count { get; }

    /// <summary>Rank of a tuple, or -1 if no product has it.</summary>
    public long RankOf(ReadOnlySpan<long> ordinals)
    {
        for (int i = 0; i < _products.Count; i++)
            if (RankIn(_products[i], ordinals) is >= 0 and long rank)
                return _before[i] + rank;
        return -1;
    }

    /// <summary>Finds the tuple of a rank below <see cref="Count"/>.</summary>
    public void At(long rank, Span<long> ordinals)
    {
        int index = Array.BinarySearch(_before, rank);
        if (index < 0)
            index = ~index - 1;
        rank -= _before[index];
        IndexSet[] axes = _products[index];
        for (int i = axes.Length - 1; i >= 0; i--)
        {
            (rank, long place) = Math.DivRem(rank, axes[i].Count);
            ordinals[i] = axes[i].At(place);
        }
    }

    private static long RankIn(IndexSet[] axes, ReadOnlySpan<long> ordinals)
    {
        long rank = 0;
        for (int i = 0; i < axes.Length; i++)
        {
            long place = axes[i].RankOf(ordinals[i]);
            if (place < 0)
                return -1;
            rank = rank * axes[i].Count + place;
        }

        return rank;
    }
}
