namespace Megatux.Cli;

/// <summary>Names of nodes in the order of their numbers: vm9 before vm10, and the guests of a host together.</summary>
internal static class NameOrder
{
    /// <summary>Compares two names, the part behind the last point first.</summary>
    internal static int Compare(string left, string right)
    {
        int a = left.LastIndexOf('.'), b = right.LastIndexOf('.');
        int order = CompareNumbers(left.AsSpan(a + 1), right.AsSpan(b + 1));
        return order != 0 ? order : CompareNumbers(left.AsSpan(0, Math.Max(0, a)), right.AsSpan(0, Math.Max(0, b)));
    }

    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (!left.IsEmpty && !right.IsEmpty)
        {
            int a = DigitsOf(left), b = DigitsOf(right), order;
            if (a > 0 && b > 0)
            {
                ReadOnlySpan<char> one = left[..a].TrimStart('0'), other = right[..b].TrimStart('0');
                order = one.Length != other.Length ? one.Length - other.Length : one.SequenceCompareTo(other);
                left = left[a..];
                right = right[b..];
            }
            else
            {
                order = left[0] - right[0];
                left = left[1..];
                right = right[1..];
            }

            if (order != 0)
                return order;
        }

        return left.Length - right.Length;
    }

    private static int DigitsOf(ReadOnlySpan<char> text)
    {
        int other = text.IndexOfAnyExceptInRange('0', '9');
        return other < 0 ? text.Length : other;
    }
}
