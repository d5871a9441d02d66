namespace Megatux.Building;

/// <summary>Finds what a person may have meant.</summary>
internal static class NearestName
{
    /// <summary>"; did you mean 'x'?" for the nearest of the known names, or nothing when none is near.</summary>
    public static string Hint(string typed, IEnumerable<string> known)
    {
        (string? name, int distance) = known.Select(name => (name, Distance(typed, name))).DefaultIfEmpty().MinBy(pair => pair.Item2);
        // A third of the letters may be wrong; beyond that a guess confuses more than it helps.
        return name is not null && distance <= Math.Max(1, typed.Length / 3) ? $"; did you mean '{name}'?" : "";
    }

    // Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours cost 1 each.
    private static int Distance(string left, string right)
    {
        var cost = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            cost[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            cost[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
            for (var j = 1; j <= right.Length; j++)
            {
                int replaced = cost[i - 1, j - 1] + (Same(left[i - 1], right[j - 1]) ? 0 : 1);
                cost[i, j] = Math.Min(replaced, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        return cost[left.Length, right.Length];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
