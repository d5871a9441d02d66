namespace Megatux.Cli;

/// <summary>A column of the table of nodes.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Key">The key that sorts by it.</param>
/// <param name="Value">The value of a row that is sorted by; null for the name.</param>
/// <param name="Text">The value as it is shown.</param>
internal sealed record NodeColumn(string Title, char Key, Func<NodeRow, double?>? Value, Func<NodeRow, string> Text)
{
    /// <summary>Letters that a value takes at most.</summary>
    internal const int Width = 8;

    private const string None = "-";

    /// <summary>All columns, in their order.</summary>
    internal static IReadOnlyList<NodeColumn> All { get; } =
    [
        new("NODE", 'n', null, row => ConsoleText.Printable(row.Node)),
        Of("BUSY", 'b', row => row.Busy, Quantity.Percent),
        Of("LOAD", 'l', row => row.Load, Quantity.Plain),
        Of("MEMORY", 'm', row => row.Memory, Quantity.Bytes),
        Of("RX/s", 'r', row => row.Received, Quantity.Bytes),
        Of("TX/s", 't', row => row.Sent, Quantity.Bytes),
        Of("TASKS", 'k', row => row.Tasks, Quantity.Whole),
        Of("UPTIME", 'u', row => row.Uptime, Quantity.Duration),
    ];

    /// <summary>Rows in the order of this column: numbers with the greatest first, names by their numbers.</summary>
    internal List<NodeRow> Sort(IEnumerable<NodeRow> rows, bool isReversed)
    {
        List<NodeRow> sorted = [.. rows];
        sorted.Sort((a, b) =>
        {
            int order = Value is null ? 0 : (isReversed ? -1 : 1) * Comparer<double>.Default.Compare(Value(b) ?? double.NegativeInfinity, Value(a) ?? double.NegativeInfinity);
            return order != 0 ? order : (Value is null && isReversed ? -1 : 1) * NameOrder.Compare(a.Node, b.Node);
        });
        return sorted;
    }

    private static NodeColumn Of(string title, char key, Func<NodeRow, double?> value, Func<double, string> text) =>
        new(title, key, value, row => value(row) is { } number ? text(number) : None);
}
