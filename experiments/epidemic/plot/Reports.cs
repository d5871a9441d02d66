using System.Text.Json;

namespace Megatux.Epidemic;

/// <summary>What <c>megatux mon --program marked.scm --json</c> wrote: a report a line.</summary>
internal static class Reports
{
    /// <summary>Reads the course of an epidemic, and what its guests were told.</summary>
    /// <param name="lines">The reports; those from before the program was everywhere are passed over.</param>
    /// <param name="loss">How often a guest reboots in a second.</param>
    /// <returns>The course from the last second at which nobody was marked, and its model; null if nobody ever was.</returns>
    /// <exception cref="JsonException">A line is no report.</exception>
    public static (Course Course, SiModel Model)? Read(IEnumerable<string> lines, double loss)
    {
        var points = new List<(double, double)>();
        int guests = 0, initial = 0;
        double mean = 0;
        DateTimeOffset start = default;
        foreach (string line in lines)
        {
            using JsonDocument report = JsonDocument.Parse(line);
            if (!report.RootElement.GetProperty("reductions").TryGetProperty("marked", out JsonElement result)
                || !result.TryGetProperty("marked", out JsonElement marked) || !result.TryGetProperty("rate", out JsonElement rate))
                continue;
            DateTimeOffset time = report.RootElement.GetProperty("time").GetDateTimeOffset();
            if (marked.GetProperty("sum").GetDouble() == 0)
            {
                points.Clear();
                start = time;
            }

            points.Add(((time - start).TotalSeconds, marked.GetProperty("sum").GetDouble()));

            // Those that are rebooting are missing.
            guests = Math.Max(guests, marked.GetProperty("count").GetInt32());
            initial = Math.Max(initial, result.GetProperty("initial").GetProperty("sum").GetInt32());
            mean = rate.GetProperty("mean").GetDouble();
        }

        return initial > 0 && points.Count > 1 && points[0].Item2 == 0 ? (new Course(points), new SiModel(guests, initial, mean, loss)) : null;
    }
}
