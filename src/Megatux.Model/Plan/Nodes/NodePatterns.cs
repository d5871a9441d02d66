namespace Megatux.Model;

/// <summary>
/// The patterns that a folded node set is written as: <c>a[1-3],b7</c> is two. There are as many as ranges and shapes of
/// names, never as many as nodes, so whatever is true of all names is found out from these.
/// </summary>
internal static class NodePatterns
{
    /// <summary>Splits a folded set at the commas outside of brackets.</summary>
    public static IEnumerable<string> Split(string folded)
    {
        int start = 0;
        int depth = 0;
        for (int i = 0; i < folded.Length; i++)
        {
            depth += folded[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (folded[i] != ',' || depth != 0)
                continue;
            yield return folded[start..i];
            start = i + 1;
        }

        if (start < folded.Length)
            yield return folded[start..];
    }

    /// <summary>A name as long as the pattern's longest, with each bracket as a run of zeros: <c>a[8-10]</c> gives a00.</summary>
    public static string Longest(string pattern)
    {
        var name = new System.Text.StringBuilder(pattern.Length);
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '[')
            {
                name.Append(pattern[i]);
                continue;
            }

            int close = pattern.IndexOf(']', i);
            name.Append('0', LongestNumber(pattern.AsSpan(i, close - i)));
            i = close;
        }

        return name.ToString();
    }

    private static int LongestNumber(ReadOnlySpan<char> ranges)
    {
        int longest = 0;
        int run = 0;
        foreach (char character in ranges)
        {
            run = char.IsAsciiDigit(character) ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
