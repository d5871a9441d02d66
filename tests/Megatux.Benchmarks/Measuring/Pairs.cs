namespace Megatux.Benchmarks;

/// <summary>
/// Runs two jobs in turns, so that whatever else the machine does meanwhile befalls both. The ratio is taken pair by
/// pair, and of those the median.
/// </summary>
internal static class Pairs
{
    private const double LongRun = 5, ShortRun = 0.5;
    private const int FewPairs = 3, SomePairs = 5, ManyPairs = 15;

    /// <summary>Measures; the first run of each warms the caches up and does not count.</summary>
    internal static Comparison Measure(string what, string peer, double? aim, Job ours, Job theirs)
    {
        int pairs = Math.Max(ours.Seconds(), theirs.Seconds()) switch
        {
            > LongRun => FewPairs,
            > ShortRun => SomePairs,
            _ => ManyPairs,
        };
        double[] left = new double[pairs], right = new double[pairs], ratios = new double[pairs];
        for (int i = 0; i < pairs; i++)
        {
            left[i] = ours.Seconds();
            right[i] = theirs.Seconds();
            ratios[i] = left[i] / right[i];
        }

        return new Comparison(what, peer, Unit.Seconds, Distribution.Of(left), Distribution.Of(right), Distribution.Of(ratios).Median, aim);
    }
}
