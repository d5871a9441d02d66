namespace Megatux.Model;

/// <summary>Members <c>First, First + Step, ...</c>, <c>Count</c> of them; none when the count is 0.</summary>
/// <param name="First">The least member.</param>
/// <param name="Step">Distance of neighbours; 1 when there is one member, so that equal runs are equal records.</param>
/// <param name="Count">Number of members.</param>
internal readonly record struct Run(long First, long Step, long Count)
{
    public static readonly Run None = new(0, 1, 0);

    public long Last => First + (Count - 1) * Step;

    public static Run Single(long member) => new(member, 1, 1);

    public static Run Interval(long first, long last) => new(first, 1, last - first + 1);

    /// <summary>The <paramref name="count"/> members from the one at <paramref name="index"/> on.</summary>
    public Run Part(long index, long count) =>
        count <= 0 ? None : new(First + index * Step, count == 1 ? 1 : Step, count);

    public bool Contains(long member) =>
        Count > 0 && member >= First && member <= Last && (member - First) % Step == 0;

    /// <summary>How many members are less than <paramref name="bound"/>.</summary>
    public long CountBelow(long bound) =>
        Count == 0 || bound <= First ? 0 : Math.Min(Count, (bound - First - 1) / Step + 1);

    public Run Below(long bound) => Part(0, CountBelow(bound));

    public Run From(long bound)
    {
        long below = CountBelow(bound);
        return Part(below, Count - below);
    }

    public Run Within(long first, long last) => From(first).Below(last + 1);
}
