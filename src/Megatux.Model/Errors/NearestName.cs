namespace Megatux.Model;

/// <summary>Guesses which name a person meant by one that does not exist.</summary>
public static class NearestName
{
    /// <summary>Names longer than this are compared for equality but for case only: no one mistypes a paragraph.</summary>
    private const int LongestCompared = 128;

    /// <summary>
    /// The known name with the fewest slips (a letter added, left out, changed, or two neighbours swapped, regardless of case)
    /// from <paramref name="wrong"/>, or null when none is near. Near means at most one slip for every three letters,
    /// and never the whole of a name. Among equally near names the first one given wins.
    /// </summary>
    /// <remarks>Damerau-Levenshtein distance, optimal string alignment form; rows beyond the bound are cut off.</remarks>
    public static string? Of(string wrong, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(wrong);
        ArgumentNullException.ThrowIfNull(known);
        string? nearest = null;
        int bound = int.MaxValue;
        foreach (string name in known)
        {
            if (string.Equals(name, wrong, StringComparison.OrdinalIgnoreCase))
                return name;
            int longer = Math.Max(name.Length, wrong.Length);
            int allowed = Math.Min(bound - 1, Math.Max(1, longer / 3));
            if (allowed < 0 || longer > LongestCompared || Math.Min(name.Length, wrong.Length) <= 1)
                continue;
            int slips = Distance(wrong, name, allowed);
            if (slips > allowed)
                continue;
            nearest = name;
            bound = slips;
        }

        return nearest;
    }

    /// <summary>Slips between two names, or <paramref name="allowed"/> + 1 when there are more than allowed.</summary>
    private static int Distance(string left, string right, int allowed)
    {
        if (Math.Abs(left.Length - right.Length) > allowed)
            return allowed + 1;

        int width = right.Length + 1;
        Span<int> beforeLast = stackalloc int[width];
        Span<int> last = stackalloc int[width];
        Span<int> row = stackalloc int[width];
        for (int column = 0; column < width; column++)
            last[column] = column;

        for (int line = 1; line <= left.Length; line++)
        {
            row[0] = line;
            int least = line;
            for (int column = 1; column < width; column++)
            {
                bool same = Same(left[line - 1], right[column - 1]);
                int slips = Math.Min(Math.Min(last[column], row[column - 1]) + 1, last[column - 1] + (same ? 0 : 1));
                if (line > 1 && column > 1 && Same(left[line - 1], right[column - 2]) && Same(left[line - 2], right[column - 1]))
                    slips = Math.Min(slips, beforeLast[column - 2] + 1);
                row[column] = slips;
                least = Math.Min(least, slips);
            }

            if (least > allowed)
                return allowed + 1;
            Span<int> spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }

        return last[right.Length];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
