using System.Globalization;
using Megatux.Model;
using Spectre.Console;

namespace Megatux.Cli;

/// <summary>Shows how far a boot is.</summary>
internal static class BootProgress
{
    /// <summary>Waits, and writes a line a second.</summary>
    internal static void Write(TextWriter output, BootWait wait, TimeSpan limit, CancellationToken stop)
    {
        long shown = 0;
        var reasons = new HashSet<string>(StringComparer.Ordinal);
        wait.Run(limit, () =>
        {
            foreach (string reason in wait.Status.Reasons.Where(reasons.Add))
                output.WriteLine($"  {reason}");
            long second = (long)wait.Elapsed.TotalSeconds, missing = wait.Missing.Count;
            if (second <= shown || missing == 0)
                return;
            shown = second;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {second,4} s  {wait.Count - missing,6} of {wait.Count} up{(wait.Status.Failures > 0 ? $", {wait.Status.Failures} failures" : "")}"));
        }, stop);
    }

    /// <summary>Waits, and draws a bar for hosts and one for guests, which are gone afterwards.</summary>
    internal static void Draw(IAnsiConsole screen, long hostCount, long guestCount, BootWait wait, TimeSpan limit, CancellationToken stop) =>
        screen.Progress().AutoClear(true).Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ElapsedTimeColumn()).Start(context =>
        {
            // A task of no steps would be done before it begins.
            ProgressTask hosts = context.AddTask("hosts", maxValue: Math.Max(1, hostCount));
            ProgressTask guests = context.AddTask("guests", maxValue: Math.Max(1, guestCount));
            wait.Run(limit, () =>
            {
                Show(hosts, "hosts", wait.Status.States, wait.Status.Hosts, failures: 0);
                Show(guests, "guests", wait.Status.States, wait.Status.Guests, wait.Status.Failures);
                context.Refresh();
            }, stop);
        });

    private static void Show(ProgressTask task, string what, IEnumerable<string> states, Func<string, NodeSet> nodesIn, long failures)
    {
        List<string> counts = [.. states.Where(state => !nodesIn(state).IsEmpty).Select(state => string.Create(CultureInfo.InvariantCulture, $"{nodesIn(state).Count} {state}"))];
        if (failures > 0)
            counts.Add(string.Create(CultureInfo.InvariantCulture, $"{failures} failures"));
        task.Description = Markup.Escape($"{what} {string.Join(", ", counts)}");
        task.Value = nodesIn("up").Count;
    }
}
