namespace Megatux.Pushmon;

/// <summary>The moment of an interval at which somebody speaks, so that not all do at once: computed from who it is.</summary>
internal static class Phase
{
    // FNV-1a, 64 bits (draft-eastlake-fnv).
    private const ulong Offset = 14695981039346656037, Prime = 1099511628211;

    internal static TimeSpan Of(string name, TimeSpan interval)
    {
        ulong hash = Offset;
        foreach (char character in name)
            hash = (hash ^ character) * Prime;
        return interval * ((hash >> 11) / (double)(1UL << 53));
    }
}
