namespace Megatux.Model;

/// <summary>Writes the same digits before or after every digit string of a set.</summary>
internal static class DigitStrings
{
    /// <summary>The strings of <paramref name="set"/> with the digits of <paramref name="prefix"/> before them.</summary>
    public static IndexSet Prepend(long prefix, IndexSet set)
    {
        int outer = Ordinal.Width(prefix);
        long value = Ordinal.Value(prefix);
        return Map(set, (width, values) =>
            values with { First = Ordinal.Of(outer + width, value * Ordinal.Power(width) + values.First) });
    }

    /// <summary>The strings of <paramref name="set"/> with the digits of <paramref name="suffix"/> after them.</summary>
    public static IndexSet Append(IndexSet set, long suffix)
    {
        int outer = Ordinal.Width(suffix);
        long factor = Ordinal.Power(outer);
        return Map(set, (width, values) => new Run(
            Ordinal.Of(outer + width, values.First * factor + Ordinal.Value(suffix)),
            values.Count == 1 ? 1 : values.Step * factor,
            values.Count));
    }

    /// <summary>Maps runs of values of one width each; order is kept, for strings grow by the same everywhere.</summary>
    private static IndexSet Map(IndexSet set, Func<int, Run, Run> map)
    {
        var result = new RunBuilder();
        foreach (Run run in set.Runs)
        {
            for (Run rest = run; rest.Count > 0;)
            {
                int width = Ordinal.Width(rest.First);
                long next = Ordinal.Start(width + 1);
                Run values = rest.Below(next);
                rest = rest.From(next);
                result.Add(map(width, values with { First = values.First - Ordinal.Start(width) }));
            }
        }

        return result.Build()!;
    }
}
