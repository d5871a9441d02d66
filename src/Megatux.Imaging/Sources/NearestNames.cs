namespace Megatux.Imaging;

/// <summary>Names that someone who mistyped may have meant.</summary>
internal static class NearestNames
{
    private const int LongestName = 128;

    /// <summary>At most <paramref name="count"/> names within two edits (one, for short names), nearest first.</summary>
    public static List<string> Find(string typed, IEnumerable<string> known, int count)
    {
        int allowed = typed.Length <= 4 ? 1 : 2;
        var near = new List<(int Edits, string Name)>();
        foreach (string name in known)
        {
            if (Math.Abs(name.Length - typed.Length) <= allowed && name.Length < LongestName && typed.Length < LongestName
                && Edits(typed, name) is int edits && edits <= allowed)
            {
                near.Add((edits, name));
            }
        }

        near.Sort(static (a, b) => a.Edits != b.Edits ? a.Edits - b.Edits : string.CompareOrdinal(a.Name, b.Name));
        return near.ConvertAll(static n => n.Name)[..Math.Min(count, near.Count)];
    }

    // Levenshtein's distance, a row at a time.
    private static int Edits(string from, string to)
    {
        Span<int> row = stackalloc int[LongestName];
        for (int j = 0; j <= to.Length; j++)
            row[j] = j;
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
