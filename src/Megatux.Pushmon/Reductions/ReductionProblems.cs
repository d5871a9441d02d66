namespace Megatux.Pushmon;

/// <summary>What a reduction could not do in a round.</summary>
/// <param name="Count">How often: samples, values of a key or results from below that are not in the result.</param>
/// <param name="First">What was wrong first; null when nothing was.</param>
public readonly record struct ReductionProblems(long Count, string? First)
{
    internal ReductionProblems With(string text, long count = 1) => new(Count + count, First ?? text);
}
