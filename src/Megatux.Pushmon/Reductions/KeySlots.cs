namespace Megatux.Pushmon;

/// <summary>The keys of one round, in the order of their text: results do not depend on who came first.</summary>
internal sealed class KeySlots
{
    /// <summary>The most keys of a reduction.</summary>
    internal const int Most = 64;

    /// <summary>Bytes of a key.</summary>
    internal const int LongestKey = 64;

    private readonly List<KeySlot> _slots = [];

    internal IReadOnlyList<KeySlot> All => _slots;

    internal void Clear() => _slots.Clear();

    /// <summary>The slot of a key; null when there are as many already as may be.</summary>
    internal KeySlot? Of(ReadOnlySpan<byte> key)
    {
        int low = 0;
        for (int high = _slots.Count - 1; low <= high;)
        {
            int middle = (low + high) >>> 1;
            int order = key.SequenceCompareTo(_slots[middle].Key);
            if (order == 0)
                return _slots[middle];
            if (order < 0)
                high = middle - 1;
            else
                low = middle + 1;
        }

        if (_slots.Count == Most)
            return null;
        var slot = new KeySlot(key.ToArray());
        _slots.Insert(low, slot);
        return slot;
    }
}
