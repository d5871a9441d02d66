namespace Megatux.Model;

/// <summary>Joins many things by pairs, pairs of pairs and so on: n names cost n log n where one by one they cost n².</summary>
internal static class Halves
{
    /// <summary>The join of all of a list of at least one, neighbours first; the list is used up.</summary>
    public static T Join<T>(List<T> items, Func<T, T, T> join)
    {
        while (items.Count > 1)
        {
            int half = items.Count / 2;
            for (int i = 0; i < half; i++)
                items[i] = join(items[2 * i], items[2 * i + 1]);
            if (items.Count % 2 == 1)
                items[half++] = items[^1];
            items.RemoveRange(half, items.Count - half);
        }

        return items[0];
    }
}
