using System.Globalization;
using System.Text;
using System.Xml;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>What has come of checks, in lines for people.</summary>
internal static class OutcomeText
{
    /// <summary>As many reasons as a table shows of a check.</summary>
    private const int MostShown = 20;

    /// <summary>Letters of a node set in a table, and in a report.</summary>
    private const int LongestSet = 1000, LongestReported = 64 << 10;

    /// <summary>The heading.</summary>
    /// <param name="width">Letters of the longest name.</param>
    internal static string Heading(int width) => string.Create(CultureInfo.InvariantCulture, $"{"CHECK".PadRight(width)} {"NODES",9} {"PASSED",9} {"FAILED",9} {"SECONDS",8}  RESULT");

    /// <summary>A check: a line, and below it where it fails and why.</summary>
    internal static IEnumerable<string> Lines(CheckOutcome outcome, int width)
    {
        string quota = outcome.Quota == NodeQuota.All ? "" : $" ({outcome.Quota})";
        yield return string.Create(CultureInfo.InvariantCulture,
            $"{outcome.Name.PadRight(width)} {outcome.Nodes,9} {outcome.Passed,9} {outcome.Nodes - outcome.Passed,9} {outcome.Elapsed.TotalSeconds,8:0.0}  {outcome.Result}{quota}");
        if (!outcome.IsFailed)
            yield break;
        foreach ((NodeSet nodes, string reason) in outcome.Failures.Take(MostShown))
            yield return $"  {Group(nodes, reason, LongestSet)}";
        if (outcome.Failures.Count > MostShown)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"  and {outcome.Failures.Skip(MostShown).Sum(group => group.Nodes.Count)} nodes with {outcome.Failures.Count - MostShown} other reasons");
    }

    /// <summary>All of them in a sentence.</summary>
    internal static string Summary(string experiment, IReadOnlyCollection<CheckOutcome> outcomes)
    {
        int failed = outcomes.Count(outcome => outcome.IsFailed), skipped = outcomes.Count(outcome => outcome.IsSkipped);
        return string.Create(CultureInfo.InvariantCulture,
            $"{experiment}: {outcomes.Count - failed - skipped} of {outcomes.Count} checks pass{(failed > 0 ? $", {failed} {(failed == 1 ? "fails" : "fail")}" : "")}{(skipped > 0 ? $", {skipped} skipped, as none of their nodes was booted" : "")}.");
    }

    /// <summary>Why a check fails, as reports hold it: a line for each reason, which XML can hold whatever nodes wrote.</summary>
    internal static string Details(CheckOutcome outcome) => string.Concat(outcome.Failures.Select(group => $"{Group(group.Nodes, group.Reason, LongestReported)}\n"));

    private static string Group(NodeSet nodes, string reason, int longest)
    {
        string set = nodes.ToString();
        set = set.Length <= longest ? set : $"{set.AsSpan(0, longest)}…";
        return Valid(string.Create(CultureInfo.InvariantCulture, $"{set}{(nodes.Count > 1 ? $" ({nodes.Count})" : "")}: {reason}"));
    }

    private static string Valid(string text)
    {
        var valid = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length; at++)
        {
            if (XmlConvert.IsXmlChar(text[at]))
                valid.Append(text[at]);
            else if (at + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[at + 1], text[at]))
                valid.Append(text[at]).Append(text[++at]);
            else
                valid.Append('·');
        }

        return valid.ToString();
    }
}
