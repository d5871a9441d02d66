namespace Megatux.Benchmarks;

/// <summary>Something that is measured, with what has to be done before each run and is not.</summary>
/// <param name="Run">What is measured.</param>
/// <param name="Prepare">What comes before: removing outputs, changing an input.</param>
internal sealed record Job(Action Run, Action? Prepare = null)
{
    /// <summary>Runs it once.</summary>
    /// <returns>Seconds that the run itself took.</returns>
    internal double Seconds()
    {
        Prepare?.Invoke();
        long start = Stopwatch.GetTimestamp();
        Run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
