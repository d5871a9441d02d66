namespace Megatux.Imaging;

/// <summary>
/// Debian's order of versions (deb-version(7)): runs of digits compare as numbers, letters before other characters, and
/// '~' before the end, so that 6.9 comes before 6.10 and 6.10~rc1 before 6.10.
/// </summary>
internal sealed class VersionOrder : IComparer<string>
{
    public static VersionOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x, b = y;
        while (!a.IsEmpty || !b.IsEmpty)
        {
            while ((!a.IsEmpty && !char.IsAsciiDigit(a[0])) || (!b.IsEmpty && !char.IsAsciiDigit(b[0])))
            {
                int weight = Weight(a).CompareTo(Weight(b));
                if (weight != 0)
                    return weight;
                a = a[1..];
                b = b[1..];
            }

            ReadOnlySpan<char> one = TakeNumber(ref a), other = TakeNumber(ref b);
            int difference = one.Length != other.Length ? one.Length.CompareTo(other.Length) : one.SequenceCompareTo(other);
            if (difference != 0)
                return difference;
        }

        return 0;
    }

    /// <summary>A digit weighs what the end does: there the run of other characters ends.</summary>
    private static int Weight(ReadOnlySpan<char> text) =>
        text.IsEmpty || char.IsAsciiDigit(text[0]) ? 0
        : text[0] == '~' ? -1
        : char.IsAsciiLetter(text[0]) ? text[0]
        : text[0] + 256;

    private static ReadOnlySpan<char> TakeNumber(ref ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> number = end < 0 ? text : text[..end];
        text = end < 0 ? [] : text[end..];
        return number.TrimStart('0');
    }
}
