namespace Megatux.Building;

/// <summary>What all test programs together reported.</summary>
internal sealed class TestTotals(IReadOnlyList<TestResults> results)
{
    public int Passed { get; } = results.Sum(result => result.Passed);

    public int Failed => Failures.Count;

    public int Skipped => Skips.Count;

    public IReadOnlyList<TestRemark> Failures { get; } = [.. results.SelectMany(result => result.Failures)];

    public IReadOnlyList<TestRemark> Skips { get; } = [.. results.SelectMany(result => result.Skips)];

    /// <summary>Whether a test ran and none failed.</summary>
    public bool Succeeded => Failed == 0 && Passed > 0;

    /// <summary>The line that people and machines look for at the end.</summary>
    public string ClosingLine => $"{Passed} passed, {Failed} failed" + (Skipped > 0 ? $", {Skipped} skipped" : "");
}
