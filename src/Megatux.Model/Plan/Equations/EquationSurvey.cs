namespace Megatux.Model;

/// <summary>What samples tell of an equation's values.</summary>
/// <param name="Rises">Whether each is above those of lower arguments.</param>
/// <param name="Lowest">The lowest value.</param>
/// <param name="Highest">The highest.</param>
internal sealed record EquationSurvey(bool Rises, long Lowest, long Highest)
{
    internal static EquationSurvey Of(NodeEquation equation)
    {
        bool rises = true;
        long lowest = long.MaxValue, highest = long.MinValue, last = long.MinValue;
        foreach (long argument in EquationSamples.Of(equation.Count, EquationSamples.Many))
        {
            long value = equation.Of(argument);
            rises &= value > last;
            last = value;
            (lowest, highest) = (Math.Min(lowest, value), Math.Max(highest, value));
        }

        return new EquationSurvey(rises, lowest, highest);
    }
}
