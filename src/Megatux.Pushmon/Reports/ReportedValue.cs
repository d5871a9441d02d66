using Megatux.Model;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>A value of a reduction, as a report has it.</summary>
public abstract record ReportedValue;

/// <summary><c>(stat COUNT SUM MIN MAX SUMSQ)</c>: a number that many nodes have.</summary>
/// <param name="Count">How many numbers there were.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Least">The least of them.</param>
/// <param name="Greatest">The greatest.</param>
/// <param name="SumOfSquares">The sum of their squares.</param>
public sealed record StatValue(long Count, double Sum, double Least, double Greatest, double SumOfSquares) : ReportedValue
{
    /// <summary>The mean; NaN of none.</summary>
    public double Mean => Sum / Count;

    /// <summary>The standard deviation of these numbers, which are all there are; NaN of none.</summary>
    // What rounding leaves of a difference of two large numbers may lie below zero.
    public double Deviation => Math.Sqrt(Math.Max(0, SumOfSquares / Count - Mean * Mean));
}

/// <summary><c>(top K (X "label") ...)</c>: the greatest numbers, and whose they are.</summary>
/// <param name="Size">How many are kept at most.</param>
/// <param name="Items">They, the greatest first.</param>
public sealed record TopValue(long Size, IReadOnlyList<TopItem> Items) : ReportedValue;

/// <summary>One of the greatest numbers.</summary>
/// <param name="Value">The number.</param>
/// <param name="Label">Whose it is.</param>
public sealed record TopItem(double Value, string Label);

/// <summary><c>(histogram LOW HIGH UNDER OVER C0 ... Cn-1)</c>: how many numbers lie where.</summary>
/// <param name="Low">Where the first bin begins.</param>
/// <param name="High">Where the last bin ends.</param>
/// <param name="Under">How many lie before the first.</param>
/// <param name="Over">How many lie behind the last.</param>
/// <param name="Bins">How many lie in each; all have the same width.</param>
public sealed record HistogramValue(double Low, double High, long Under, long Over, IReadOnlyList<long> Bins) : ReportedValue
{
    /// <summary>How many there are.</summary>
    public long Count => Under + Over + Bins.Sum();

    /// <summary>Where a bin ends.</summary>
    public double EndOf(int bin) => bin == Bins.Count - 1 ? High : Low + (High - Low) * (bin + 1) / Bins.Count;
}

/// <summary><c>(distinct ESTIMATE "registers")</c>: how many different values there are.</summary>
/// <param name="Estimate">How many, within some percent.</param>
/// <param name="Registers">What the estimate is made of.</param>
public sealed record DistinctValue(double Estimate, string Registers) : ReportedValue;

/// <summary><c>(group (VALUE "NODESET") ... (others COUNT))</c>: who has which value.</summary>
/// <param name="Groups">The values, and the nodes that have each.</param>
/// <param name="Others">How many nodes have values that found no room.</param>
public sealed record GroupValue(IReadOnlyList<GroupedNodes> Groups, long Others) : ReportedValue;

/// <summary>A value and the nodes that have it.</summary>
/// <param name="Value">The value.</param>
/// <param name="Nodes">The nodes.</param>
public sealed record GroupedNodes(Datum Value, NodeSet Nodes);

/// <summary>A value of a program's own.</summary>
/// <param name="Datum">The value.</param>
public sealed record OtherValue(Datum Datum) : ReportedValue;
