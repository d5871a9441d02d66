namespace Megatux.Benchmarks;

/// <summary>What several runs gave.</summary>
/// <param name="Median">The middle value; of an even number, the mean of the two in the middle.</param>
/// <param name="Least">The smallest value.</param>
/// <param name="Most">The greatest value.</param>
/// <param name="Runs">How many values there are.</param>
internal readonly record struct Distribution(double Median, double Least, double Most, int Runs)
{
    internal static Distribution Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Distribution(median, sorted[0], sorted[^1], sorted.Length);
    }
}
