using System.Globalization;

namespace Megatux.Benchmarks;

/// <summary>Ours against a peer's, measured in the same run.</summary>
/// <param name="What">What was measured of ours.</param>
/// <param name="Peer">What it is compared with.</param>
/// <param name="Unit">What the values are.</param>
/// <param name="Ours">Our values.</param>
/// <param name="Theirs">The peer's.</param>
/// <param name="Ratio">Ours by the peer's: below 1 is less than the peer needs.</param>
/// <param name="Aim">The greatest ratio that is good enough; null for what is shown for information.</param>
internal sealed record Comparison(
    string What, string Peer, Unit Unit, Distribution Ours, Distribution Theirs, double Ratio, double? Aim)
{
    /// <summary>Compares two sizes, which no repetition changes.</summary>
    internal static Comparison OfBytes(string what, string peer, long ours, long theirs, double? aim) => new(
        what, peer, Unit.Bytes, Distribution.Of([ours]), Distribution.Of([theirs]), (double)ours / theirs, aim);

    /// <summary>Compares what several runs gave with the most that it may be.</summary>
    internal static Comparison WithLimit(string what, Unit unit, IEnumerable<double> ours, double limit) => WithLimit(what, unit, Distribution.Of(ours), limit);

    /// <summary>Compares values with the most that they may be.</summary>
    internal static Comparison WithLimit(string what, Unit unit, Distribution ours, double limit) =>
        new(what, unit.Of(limit), unit, ours, Distribution.Of([limit]), ours.Median / limit, Aim: 1);

    /// <summary>The aim and whether it holds, as a person reads it.</summary>
    internal string Verdict => Aim is not { } aim ? "no aim"
        : string.Create(CultureInfo.InvariantCulture, $"aim {aim:0.00}x: {(Ratio <= aim ? "holds" : "falls short")}");

    internal bool FallsShort => Aim is { } aim && !(Ratio <= aim);
}
