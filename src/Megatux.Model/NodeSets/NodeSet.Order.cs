namespace Megatux.Model;

/// <content>The nodes in their order.</content>
public sealed partial class NodeSet
{
    /// <inheritdoc cref="NodeAt"/>
    public string this[long rank] => NodeAt(rank);

    /// <summary>How many nodes of the set come before this one; -1 if the set lacks it.</summary>
    /// <exception cref="MegatuxException">The set has 2^63 nodes or more.</exception>
    public long RankOf(string node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (!NodeName.TryRead(node, out NodeName name) || Find(name.Pattern) is not { } family)
            return -1;
        long rank = family.RankOf(name.Ordinals);
        for (int i = 0; rank >= 0 && _families[i] != family; i++)
            rank = rank > long.MaxValue - _families[i].Count ? throw NodeSetLimits.TooLarge() : rank + _families[i].Count;
        return rank;
    }

    /// <summary>The node that <paramref name="rank"/> others come before: the inverse of <see cref="RankOf"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rank is negative or not below <see cref="Count"/>.</exception>
    /// <exception cref="MegatuxException">The set has 2^63 nodes or more.</exception>
    public string NodeAt(long rank)
    {
        (NodeFamily family, long left) = FamilyOf(rank);
        return family.NodeAt(left);
    }

    /// <summary>The set of the one node that <paramref name="rank"/> others come before. Takes little: it shares with this set what both have.</summary>
    /// <inheritdoc cref="NodeAt"/>
    public NodeSet Only(long rank)
    {
        (NodeFamily family, long left) = FamilyOf(rank);
        return new NodeSet([family.Only(left)]);
    }

    /// <summary>The names of all nodes, one by one as they are asked for.</summary>
    public IEnumerable<string> Expand()
    {
        foreach (NodeFamily family in _families)
            foreach (string node in family.Expand())
                yield return node;
    }

    private (NodeFamily Family, long Rank) FamilyOf(long rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        long left = rank;
        foreach (NodeFamily family in _families)
        {
            if (left < family.Count)
                return (family, left);
            left -= family.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(rank), rank, $"The set has {rank - left} nodes.");
    }
}
