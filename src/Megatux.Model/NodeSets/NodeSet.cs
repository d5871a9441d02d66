namespace Megatux.Model;

/// <summary>
/// An immutable set of node names, kept as ranges: whatever the number of nodes, parsing, counting, folding, set
/// operations and ranks cost the number of ranges. Written as HPC users know it from ClusterShell:
/// <c>ehyperion[2-37,74-145]</c>, <c>vm[0-1023].ehyperion[2-37]</c>, <c>n[1-9]!n5</c>.
/// </summary>
/// <remarks>
/// <para>Digits are identity: a1 is not a01. Sets are equal when they have the same nodes, however they were written.</para>
/// <para>
/// The order of the nodes, which <see cref="Expand"/> follows and ranks count along, is that of the folded text. Name
/// patterns (the name without its numbers) come in ordinal order of their text, numbers by width, then value: n9, n10,
/// n001. With several numbers in a name the last turns fastest: vm0.h1, vm0.h2, vm1.h1, vm1.h2. Where one pattern needs
/// several terms, as in <c>a1b[1-2],a2b1</c>, the term with more nodes comes first; of equals, the one whose first
/// number has more values, then the lower first value, then the lower last one; then so on with the next number.
/// </para>
/// </remarks>
public sealed partial class NodeSet : IEquatable<NodeSet>
{
    private readonly NodeFamily[] _families;

    // Counted when first asked for: a set of many shapes of names is asked often. Threads that race count the same.
    private long _count = -1;

    internal NodeSet(NodeFamily[] families) => _families = families;

    /// <summary>The set without nodes.</summary>
    public static NodeSet Empty { get; } = new([]);

    /// <summary>Number of nodes.</summary>
    /// <exception cref="MegatuxException">It is 2^63 or more (<see cref="ErrorCodes.NodeSetTooLarge"/>).</exception>
    public long Count
    {
        get
        {
            if (_count >= 0)
                return _count;
            long count = 0;
            foreach (NodeFamily family in _families)
            {
                if (long.MaxValue - family.Count < count)
                    throw NodeSetLimits.TooLarge();
                count += family.Count;
            }

            return _count = count;
        }
    }

    /// <summary>The nodes by the patterns of their names, in the order of ranks.</summary>
    internal ReadOnlySpan<NodeFamily> Families => _families;

    /// <summary>Whether the set has no node.</summary>
    public bool IsEmpty => _families.Length == 0;

    /// <summary>Whether the set has the node of this name; false also if the text is no name of a single node.</summary>
    public bool Contains(string node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return NodeName.TryRead(node, out NodeName name)
            && Find(name.Pattern) is { } family && family.Grid.Contains(name.Ordinals);
    }

    /// <summary>Whether the set has every node of <paramref name="other"/>.</summary>
    public bool Contains(NodeSet other) => Intersect(other).Equals(other);

    /// <inheritdoc/>
    public bool Equals(NodeSet? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || _families.Length != other._families.Length)
            return false;
        for (int i = 0; i < _families.Length; i++)
            if (!_families[i].Pattern.Equals(other._families[i].Pattern) || !_families[i].Grid.Equals(other._families[i].Grid))
                return false;
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NodeSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (NodeFamily family in _families)
        {
            hash.Add(family.Pattern);
            hash.Add(family.Grid);
        }

        return hash.ToHashCode();
    }

    private NodeFamily? Find(NamePattern pattern)
    {
        int low = 0;
        for (int high = _families.Length - 1; low <= high;)
        {
            int middle = (low + high) >>> 1;
            int order = string.CompareOrdinal(_families[middle].Pattern.Key, pattern.Key);
            if (order == 0)
                return _families[middle];
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return null;
    }
}
