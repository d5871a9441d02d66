namespace Megatux.Cli;

/// <summary>The table of nodes.</summary>
internal static class NodeTableText
{
    private const int LeastName = 8, GreatestName = 24;

    /// <summary>Letters that names take.</summary>
    internal static int NameWidth(IEnumerable<NodeRow> rows) => Math.Clamp(rows.Select(row => row.Node.Length).DefaultIfEmpty().Max(), LeastName, GreatestName);

    /// <summary>The line of titles.</summary>
    /// <param name="nameWidth">Letters that names take.</param>
    /// <param name="sorted">The column that rows are sorted by, if it is to be seen.</param>
    internal static string Titles(int nameWidth, NodeColumn? sorted = null) => Line(nameWidth, column => column == sorted ? "*" + column.Title : column.Title);

    /// <summary>The line of a node.</summary>
    internal static string Line(int nameWidth, NodeRow row) => Line(nameWidth, column => column.Text(row));

    private static string Line(int nameWidth, Func<NodeColumn, string> text) =>
        string.Concat(NodeColumn.All.Select(column => column.Value is null ? Cut(text(column), nameWidth).PadRight(nameWidth) : text(column).PadLeft(NodeColumn.Width + 1)));

    // The end of a long name is what tells it from others.
    private static string Cut(string name, int width) => name.Length <= width ? name : "…" + name[(name.Length - width + 1)..];
}
