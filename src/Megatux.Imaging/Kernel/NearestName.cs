namespace Megatux.Imaging;

/// <summary>Guesses what a person meant by a name that nothing has.</summary>
internal static class NearestName
{
    /// <summary>The known name with the fewest typing errors; null if none is close. Equal ones: the first in ordinal order.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        // A third of the letters wrong is no typing error any more.
        int most = Math.Max(1, name.Length / 3);
        string? best = null;
        foreach (string candidate in known)
        {
            if (Math.Abs(candidate.Length - name.Length) > most)
                continue;
            int distance = Distance(name, candidate);
            if (distance < most || (distance == most && (best is null || string.CompareOrdinal(candidate, best) < 0)))
                (best, most) = (candidate, distance);
        }

        return best;
    }

    /// <summary>Levenshtein's distance, two rows at a time.</summary>
    private static int Distance(string one, string other)
    {
        var before = new int[other.Length + 1];
        var row = new int[other.Length + 1];
        for (int j = 0; j <= other.Length; j++)
            before[j] = j;
        for (int i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
                row[j] = Math.Min(Math.Min(row[j - 1], before[j]) + 1, before[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
            (before, row) = (row, before);
        }

        return before[other.Length];
    }
}
