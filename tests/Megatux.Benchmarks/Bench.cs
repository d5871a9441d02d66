using System.Runtime.InteropServices;

namespace Megatux.Benchmarks;

/// <summary>Runs rows one after the other.</summary>
internal static class Bench
{
    /// <summary>Runs the rows whose names hold one of <paramref name="wanted"/>; all when nothing is wanted.</summary>
    /// <returns>1 when a row could not be measured or none has such a name, else 0.</returns>
    internal static int Run(string[] wanted, string? markdown, string? plots)
    {
        Row[] chosen = [.. Row.All.Where(row => wanted.Length == 0 || wanted.Any(name => row.Name.Contains(name, StringComparison.OrdinalIgnoreCase)))];
        if (chosen.Length == 0)
        {
            Console.Error.WriteLine($"No row has '{string.Join("' or '", wanted)}' in its name; there are: {string.Join(", ", Row.All.Select(row => row.Name))}.");
            return 1;
        }

        var report = new Report(Console.Out, plots);
        report.Begin(Machine.Describe());
        using var shop = new Workshop();

        // Ctrl-C ends the program between two instructions, but not before the temporary folders are gone.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => shop.Dispose());
        foreach (Row row in chosen)
        {
            report.BeginRow(row);
            try
            {
                row.Run(report, shop);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // Whatever went wrong with one row, the others can still be measured.
                report.Fail(failure);
            }
        }

        report.End();
        if (markdown is not null)
            File.WriteAllText(markdown, report.Markdown);
        return report.Failures > 0 ? 1 : 0;
    }
}
