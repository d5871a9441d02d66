using System.Globalization;
using Megatux.Model;
using Spectre.Console;

namespace Megatux.Cli;

/// <summary>The status for people.</summary>
internal static class StatusTable
{
    private const double BytesInMebibyte = 1 << 20;

    /// <summary>Writes it: a table on a terminal, lines elsewhere.</summary>
    internal static void Write(TextWriter output, ExperimentStatus status)
    {
        if (Screen.Of(output) is { } screen)
            Draw(screen, status);
        else
            WriteLines(output, status);
    }

    /// <summary>Draws it as a table.</summary>
    internal static void Draw(IAnsiConsole screen, ExperimentStatus status)
    {
        // No lines between columns: a set that takes several rows can still be copied.
        Table table = new Table().Border(TableBorder.Simple).AddColumn("STATE").AddColumn(new TableColumn("COUNT").RightAligned()).AddColumn("NODES");
        foreach ((string state, NodeSet nodes) in Rows(status))
        {
            // Texts, not markup: whatever a name has in it is shown as it is.
            table.AddRow(new Text(state, StyleOf(state)), new Text(nodes.Count.ToString(CultureInfo.InvariantCulture)), new Text(nodes.ToString()));
        }

        screen.Write(table);
        foreach (string reason in status.Reasons)
            screen.WriteLine(reason);
        screen.WriteLine(Summary(status));
    }

    private static void WriteLines(TextWriter output, ExperimentStatus status)
    {
        output.WriteLine($"{"STATE",-8} {"COUNT",8}  NODES");
        foreach ((string state, NodeSet nodes) in Rows(status))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{state,-8} {nodes.Count,8}  {nodes}"));
        foreach (string reason in status.Reasons)
            output.WriteLine(reason);
        output.WriteLine(Summary(status));
    }

    private static IEnumerable<(string State, NodeSet Nodes)> Rows(ExperimentStatus status) =>
        status.States.SelectMany(state => new[] { (state, status.Hosts(state)), (state, status.Guests(state)) }).Where(row => !row.Item2.IsEmpty);

    private static string Summary(ExperimentStatus status)
    {
        long up = status.Guests("up").Count;
        return string.Create(CultureInfo.InvariantCulture,
            $"Guests take {status.Memory / BytesInMebibyte:0} MiB{(up > 0 ? $" ({status.Memory / BytesInMebibyte / up:0.0} MiB each)" : "")}; {status.Failures} failures{(status.HostFailures > 0 ? $", {status.HostFailures} of hosts" : "")}, {status.Churned} rebooted by churn.");
    }

    private static Style StyleOf(string state) => new(state switch { "up" => Color.Green, "failed" => Color.Red, "down" => Color.Grey, _ => Color.Yellow });
}
