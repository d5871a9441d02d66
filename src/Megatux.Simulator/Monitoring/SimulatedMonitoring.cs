namespace Megatux.Simulator;

/// <summary>What became of monitoring. Ages are those that samples had when they were in a report, by the virtual clock.</summary>
/// <param name="Interval">How often every node said how it is.</param>
/// <param name="Samples">How many samples nodes said.</param>
/// <param name="Reports">How many reports there were at the root.</param>
/// <param name="Exact">How many of them were held to have exactly the nodes that live.</param>
/// <param name="MostBytes">The most bytes of pushes that the root took within a second.</param>
/// <param name="WorstAge">The greatest age.</param>
/// <param name="WorstExactAge">The same, of the reports that were held to be exact.</param>
public sealed record SimulatedMonitoring(TimeSpan Interval, long Samples, long Reports, long Exact, long MostBytes, TimeSpan WorstAge, TimeSpan WorstExactAge);
