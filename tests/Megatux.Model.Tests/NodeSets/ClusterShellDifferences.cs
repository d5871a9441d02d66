using System.Text.RegularExpressions;

namespace Megatux.Model.Tests;

/// <summary>Where we mean to differ from ClusterShell, and why.</summary>
internal static partial class ClusterShellDifferences
{
    /// <summary>
    /// After a lone padded number ClusterShell cuts a range where it grows a digit: [08,10-99,100] for [08,10-100]. Ours
    /// is the shortest form.
    /// </summary>
    public static string Join(string folded) => CutAtGrowth().Replace(folded, cut =>
        cut.Groups["nines"].Length + 1 == cut.Groups["ten"].Length
            ? $"{(cut.Groups["first"] is { Success: true } first ? first : cut.Groups["nines"])}-{(cut.Groups["last"] is { Success: true } last ? last : cut.Groups["ten"])}"
            : cut.Value);

    /// <summary>Why an expression is not compared; null if it is.</summary>
    public static string? Explain(string text, string? code) => code switch
    {
        ErrorCodes.NodeSetBadNumber when Negative().IsMatch(text) => "negative numbers are no node numbers",
        ErrorCodes.NodeSetBadStep when StepOfOne().IsMatch(text) => "a step needs a range, even a step of 1",
        ErrorCodes.NodeSetPaddingMismatch when PaddedZero().IsMatch(text) => "0-00 has ends of different widths",
        ErrorCodes.NodeSetNumberTooLarge => "18 digits are enough",
        null when SpaceBetweenTerms().IsMatch(text) => "white space is a comma to us, part of a name to ClusterShell",
        ErrorCodes.NodeSetEmptyRange when DigitsBesideBracket().IsMatch(text) => "ClusterShell writes the digits where a range is missing",
        null when DigitsBesideBracket().IsMatch(text) => "digits beside a bracket belong to each number: a5[9-10] is a59,a510",
        _ => null,
    };

    [GeneratedRegex(@"[\[,]-\d|\d-\d*-")]
    private static partial Regex Negative();

    [GeneratedRegex(@"[\[,]\d+/0*1\b")]
    private static partial Regex StepOfOne();

    [GeneratedRegex(@"[\[,]0-0+")]
    private static partial Regex PaddedZero();

    [GeneratedRegex(@"[^\s,!&^]\s+[^\s,!&^]")]
    private static partial Regex SpaceBetweenTerms();

    [GeneratedRegex(@"(?<![\d-])((?<first>[1-9]\d*)-)?(?<nines>9+),(?<ten>10+)(-(?<last>\d+))?(?!\d)")]
    private static partial Regex CutAtGrowth();

    [GeneratedRegex(@"\d\[|\]\d")]
    private static partial Regex DigitsBesideBracket();
}
