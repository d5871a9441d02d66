namespace Megatux.Imaging;

/// <summary>Matches aliases as fnmatch(3) without flags does: * and ?, brackets with ranges and !, backslash.</summary>
internal static class ModulePattern
{
    /// <summary>Whether the whole of <paramref name="name"/> fits. Time is at most the product of both lengths.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0, n = 0;
        int starAt = -1, starName = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                // Going back to the last star alone is enough: an earlier one could only take less.
                (starAt, starName) = (p++, n);
                continue;
            }

            if (p < pattern.Length && One(pattern, ref p, name[n]))
            {
                n++;
                continue;
            }

            if (starAt < 0)
                return false;
            (p, n) = (starAt + 1, ++starName);
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }

    /// <summary>Takes one element of the pattern; <paramref name="p"/> means nothing after a mismatch.</summary>
    private static bool One(ReadOnlySpan<char> pattern, ref int p, char c)
    {
        char first = pattern[p++];
        if (first == '?')
            return true;
        if (first == '\\' && p < pattern.Length)
            return pattern[p++] == c;
        if (first != '[')
            return first == c;

        // A bracket that is never closed is a plain character.
        int end = p + (p < pattern.Length && pattern[p] is '!' or '^' ? 1 : 0);
        int close = end + 1 <= pattern.Length ? pattern[(end + 1)..].IndexOf(']') : -1;
        if (close < 0)
            return c == '[';
        bool negated = end > p;
        ReadOnlySpan<char> set = pattern[end..(end + 1 + close)];
        p = end + close + 2;
        return InSet(set, c) != negated;
    }

    private static bool InSet(ReadOnlySpan<char> set, char c)
    {
        for (int i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (c >= set[i] && c <= set[i + 2])
                    return true;
                i += 2;
            }
            else if (set[i] == c)
            {
                return true;
            }
        }

        return false;
    }
}
