using System.Globalization;

namespace Megatux.Benchmarks;

/// <summary>How the messages at the busiest daemon grow with the number of hosts.</summary>
internal sealed class MessagesRow : Row
{
    private static readonly long[] Sizes = [10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000];

    /// <summary>A daemon answers so many at least, however few hosts there are.</summary>
    private const long Base = 1000;

    /// <summary>What counts as growing as the square root does: a power of the number of hosts no greater than this.</summary>
    private const double PowerAim = 0.6;

    internal override string Name => "messages";

    internal override string About => "the simulator: the most messages at any one daemon, against the number of hosts";

    internal override void Run(Report report, Workshop shop)
    {
        var formation = new List<(double X, double Y)>();
        var command = new List<(double X, double Y)>();
        foreach (long hosts in Sizes)
        {
            ScaleRun run = ScaleRun.Of(hosts, guests: 0);
            formation.Add((hosts, run.FormationMessages));
            command.Add((hosts, run.CommandMessages));
            report.Note(string.Create(CultureInfo.InvariantCulture,
                $"{hosts:N0} hosts: {run.FormationMessages:N0} in the formation, {run.CommandMessages:N0} in a command; {run.Depth} links deep; {Unit.Seconds.Of(run.FormationTook + run.CommandTook)}, {Unit.Bytes.Of(run.Memory)} here"));
        }

        report.Add(Comparison.WithLimit($"power of the hosts, formation, from {Base} on", Unit.Count, [Power(formation)], PowerAim));
        report.Add(Comparison.WithLimit($"power of the hosts, command, from {Base} on", Unit.Count, [Power(command)], PowerAim));
        report.Plot("messages.svg", new LogPlot("Most messages at any one daemon", "hosts", "messages").Draw(
        [
            new PlotLine("formation", "#b3261e", formation),
            new PlotLine("a command on all", "#1a5fb4", command),
            new PlotLine("√hosts", "#777777", [.. Sizes.Select(hosts => ((double)hosts, Math.Sqrt(hosts)))], IsDashed: true),
        ]));
    }

    private static double Power(List<(double X, double Y)> points)
    {
        (double X, double Y) first = points.Find(point => point.X >= Base), last = points[^1];
        return Math.Log(last.Y / first.Y) / Math.Log(last.X / first.X);
    }
}
