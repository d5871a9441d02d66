using System.Globalization;
using System.Text;
using Megatux.Model;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>Reads samples of single nodes, and their schemas.</summary>
internal static class SampleReader
{
    /// <summary>What stands before the time of a sample.</summary>
    internal const string Mark = "MARK: ";

    internal static RawSample? SampleOf(Datum item)
    {
        if (item.Items is not [{ Items: [{ Kind: DatumKind.String } mark] }, { Kind: DatumKind.Number } number, { Kind: DatumKind.String } origin, { Kind: DatumKind.String } node, var data]
            || !mark.Text.StartsWith(Mark, StringComparison.Ordinal) || ReportReader.TimeOf(Encoding.UTF8.GetBytes(mark.Text[Mark.Length..])) is not { } time)
            return null;
        return origin.Text.Split(' ') is [_, ['s', .. var sequence], ['#', .. var dropped]]
            && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out long which)
            && long.TryParse(dropped, NumberStyles.None, CultureInfo.InvariantCulture, out long lost)
                ? new RawSample(time, NumberOf(number.Text), which, lost, node.Text, data) : null;
    }

    internal static SampleSchema? SchemaOf(Datum item) =>
        item.Items is [{ Kind: not DatumKind.List } nodes, { Kind: DatumKind.List } fields] && NodeSet.TryParse(nodes.Text, out NodeSet set, out _)
            ? new SampleSchema(set, fields) : null;

    private static ulong NumberOf(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal) && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hex) ? hex
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : 0;
}
