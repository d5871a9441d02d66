using System.Globalization;
using System.Text;
using Megatux.Pushmon;

namespace Megatux.Cli;

/// <summary>A screen of a live view.</summary>
internal static class LiveFrame
{
    private const int ChartColumn = 44, ChartHeight = 4, RestHeight = 5;
    private const string Reverse = "\u001b[7m", Bold = "\u001b[1m", Yellow = "\u001b[33m", Plain = "\u001b[0m", ClearLine = "\u001b[K", ClearRest = "\u001b[J", Home = "\u001b[H";
    private const string Keys = "q quit  Enter guests  Backspace hosts  / filter  ←→ or n b l m r t k u sort  ↑↓";

    /// <summary>Draws it.</summary>
    /// <param name="state">What is shown.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="height">Rows of the terminal.</param>
    /// <param name="isColoured">Whether colours may be used; what must be told apart is told by other means, too.</param>
    /// <param name="silence">How long nothing came, if that is longer than it should be.</param>
    internal static string Draw(LiveState state, int width, int height, bool isColoured, TimeSpan? silence)
    {
        var frame = new StringBuilder(Home);
        int lines = 0;
        Line(Head(state, silence), Reverse);
        if (state.Report is { } report)
        {
            foreach (string line in Summary(report).Take(Math.Max(0, height - RestHeight)))
                Line(line);
            Line(string.Join("  ", ReportText.Problems(report)), isColoured ? Yellow : "");
        }

        state.Page = Math.Max(1, height - lines - 2);
        int nameWidth = NodeTableText.NameWidth(state.Rows), selected = state.Selected;
        Line(" " + NodeTableText.Titles(nameWidth, state.Column), Bold);
        int first = Math.Clamp(selected - state.Page / 2, 0, Math.Max(0, state.Rows.Count - state.Page));
        for (int at = first; at < Math.Min(first + state.Page, state.Rows.Count); at++)
        {
            // Without colours a stale node still has its mark.
            NodeRow row = state.Rows[at];
            Line((row.IsStale ? "?" : " ") + NodeTableText.Line(nameWidth, row), at == selected ? Reverse : row.IsStale && isColoured ? Yellow : "");
        }

        while (lines < height - 1)
            Line("");
        frame.Append(ClearRest).Append(Cut(Foot(state), width));
        return frame.ToString();

        void Line(string text, string style = "")
        {
            if (++lines >= height)
                return;
            string shown = Cut(text, width);

            // Cleared before, not behind: behind a full row the cursor still stands on its last letter.
            frame.Append(ClearLine).Append(style).Append(style == Reverse ? shown.PadRight(width) : shown).Append(style.Length > 0 ? Plain : "").Append("\r\n");
        }
    }

    private static string Head(LiveState state, TimeSpan? silence)
    {
        string title = state.Level.Host is { } host ? $"{host} > guests" : state.Level.Title;
        string some = state.Level.Nodes?.Count < state.Level.All ? string.Create(CultureInfo.InvariantCulture, $" (first {state.Level.Nodes.Count} of {state.Level.All})") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{title}{some}  {(silence is { } time ? $"no report for {time.TotalSeconds:0} s  " : "")}{(state.Report is { } report ? ReportText.ShortHead(report) : "waiting for a report")}");
    }

    // Numbers at the left, the histogram at their right.
    private static IEnumerable<string> Summary(MonitorReport report)
    {
        string[] chart = ReportText.BusyHistogram(report) is { } busy
            ? ["busy nodes", .. ReportText.Chart(busy, ChartHeight).Select(line => $"|{line}|"), $"{Quantity.Percent(busy.Low)}{Quantity.Percent(busy.High).PadLeft(Math.Max(0, busy.Bins.Count + 2 - Quantity.Percent(busy.Low).Length))}"]
            : [];
        int at = 0;
        foreach (string line in ReportText.Table(report))
            yield return at < chart.Length ? line.PadRight(ChartColumn) + chart[at++] : line;
        yield return ReportText.Busiest(report);
    }

    private static string Foot(LiveState state) => state switch
    {
        { Typed: { } typed } => $"/{ConsoleText.Printable(typed)}_  (a part of names, or a node set)",
        { Notice: { Length: > 0 } notice } => ConsoleText.Printable(notice),
        { Filter: { Length: > 0 } filter } => $"filter {ConsoleText.Printable(filter)}: Esc ends it.  {Keys}",
        _ => Keys,
    };

    private static string Cut(string text, int width) => text.Length <= width ? text : text[..width];
}
