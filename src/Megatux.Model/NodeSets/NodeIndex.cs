namespace Megatux.Model;

/// <summary>
/// Finds the ranks of names and writes the names of ranks without allocating, for whoever does so a million times a
/// second. Capital letters count as small ones. A look-up costs the logarithm of the number of name patterns and ranges.
/// </summary>
internal sealed class NodeIndex
{
    /// <summary>Names longer than this are not looked for: no node of a plan has one.</summary>
    public const int MaxName = 255;

    // Stands for a number in a key; no text between numbers has a digit.
    private const char Number = '0';

    private readonly NodeFamily[] _families;
    private readonly long[] _before;
    private readonly Entry[] _sorted;

    public NodeIndex(NodeSet set)
    {
        _families = set.Families.ToArray();
        _before = new long[_families.Length];
        _sorted = new Entry[_families.Length];
        for (int i = 0; i < _families.Length; i++)
        {
            _sorted[i] = new Entry(KeyOf(_families[i].Pattern), i);
            if (i > 0)
                _before[i] = _before[i - 1] + _families[i - 1].Count;
        }

        Array.Sort(_sorted, (left, right) => string.CompareOrdinal(left.Key, right.Key));
    }

    /// <summary>The rank of a node in the set; -1 if the set lacks it.</summary>
    public long RankOf(ReadOnlySpan<char> name)
    {
        Span<char> key = stackalloc char[MaxName];
        Span<long> ordinals = stackalloc long[NodeSetLimits.Axes];
        if (!TryRead(name, ref key, ref ordinals))
            return -1;

        // Patterns that differ in capital letters only have one key.
        for (int i = FirstAtOrAfter(key); i < _sorted.Length && key.SequenceEqual(_sorted[i].Key); i++)
        {
            int family = _sorted[i].Family;
            if (_families[family].RankOf(ordinals) is >= 0 and long rank)
                return _before[family] + rank;
        }

        return -1;
    }

    /// <summary>Whether the set has a node whose name differs from this one in its numbers at most.</summary>
    public bool HasShapeOf(ReadOnlySpan<char> name)
    {
        Span<char> key = stackalloc char[MaxName];
        Span<long> ordinals = stackalloc long[NodeSetLimits.Axes];
        if (!TryRead(name, ref key, ref ordinals))
            return false;
        int first = FirstAtOrAfter(key);
        return first < _sorted.Length && key.SequenceEqual(_sorted[first].Key);
    }

    /// <summary>Writes the name of a rank and returns how many characters it has.</summary>
    public int Write(long rank, Span<char> target)
    {
        int family = Array.BinarySearch(_before, rank);
        if (family < 0)
            family = ~family - 1;
        return _families[family].Write(rank - _before[family], target);
    }

    private static string KeyOf(NamePattern pattern)
    {
        var key = new System.Text.StringBuilder(pattern.TextBefore(0));
        for (int i = 1; i <= pattern.Axes; i++)
            key.Append(Number).Append(pattern.TextBefore(i));
        return key.ToString().ToLowerInvariant();
    }

    private int FirstAtOrAfter(ReadOnlySpan<char> key)
    {
        int low = 0;
        for (int high = _sorted.Length; low < high;)
        {
            int middle = (low + high) >>> 1;
            if (key.SequenceCompareTo(_sorted[middle].Key) > 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>Takes a name apart into the key of its pattern and its numbers; false if no set has such a name.</summary>
    private static bool TryRead(ReadOnlySpan<char> name, ref Span<char> key, ref Span<long> ordinals)
    {
        if (name.Length is 0 or > MaxName)
            return false;
        int length = 0;
        int axes = 0;
        for (int i = 0; i < name.Length; length++)
        {
            char character = name[i];
            if (!char.IsAsciiDigit(character))
            {
                key[length] = char.IsAsciiLetterUpper(character) ? (char)(character | 0x20) : character;
                i++;
                continue;
            }

            int digits = NodeName.DigitsAt(name[i..]);
            if (digits > Ordinal.MaxWidth || axes == NodeSetLimits.Axes)
                return false;
            ordinals[axes++] = Ordinal.Of(name.Slice(i, digits));
            key[length] = Number;
            i += digits;
        }

        key = key[..length];
        ordinals = ordinals[..axes];
        return true;
    }

    private readonly record struct Entry(string Key, int Family);
}
