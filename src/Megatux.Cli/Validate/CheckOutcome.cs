using System.Globalization;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>What has come of a check.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Nodes">How many nodes were asked; none where it was skipped.</param>
/// <param name="Passed">How many of them it holds on.</param>
/// <param name="Quota">How many it must hold on.</param>
/// <param name="Failures">Nodes that it does not hold on, by reason.</param>
/// <param name="Started">When it began.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record CheckOutcome(
    string Name, long Nodes, long Passed, NodeQuota Quota, IReadOnlyList<(NodeSet Nodes, string Reason)> Failures, DateTimeOffset Started, TimeSpan Elapsed)
{
    /// <summary>Whether none of its nodes was booted, so that there was nobody to ask.</summary>
    internal bool IsSkipped => Nodes == 0;

    /// <summary>Whether it holds.</summary>
    internal bool IsPassed => !IsSkipped && Quota.IsMet(Passed, Nodes);

    /// <summary>Whether it does not.</summary>
    internal bool IsFailed => !IsSkipped && !IsPassed;

    /// <summary>In a word.</summary>
    internal string Result => IsSkipped ? "skip" : IsPassed ? "pass" : "FAIL";

    /// <summary>In a sentence.</summary>
    internal string Summary => string.Create(CultureInfo.InvariantCulture,
        $"{Passed} of {Nodes} nodes pass{(Quota == NodeQuota.All ? "" : $", expected {Quota}")}");
}
