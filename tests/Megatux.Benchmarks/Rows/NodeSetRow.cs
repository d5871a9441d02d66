using System.Globalization;
using Megatux.Model;

namespace Megatux.Benchmarks;

/// <summary>Arithmetic with node sets.</summary>
internal sealed class NodeSetRow : Row
{
    private const double Aim = 1.0, InProcessAim = 2.0;
    private const long Thousand = 1_000, Million = 1_000_000, Milliard = 1_000_000_000;
    private const int Repetitions = 2000;

    internal override string Name => "nodeset";

    internal override string About => "fold and count of expressions over more and more nodes, against ClusterShell, whole processes";

    internal override void Run(Report report, Workshop shop)
    {
        if (Shell.Has("nodeset", "clustershell", report))
            foreach (long nodes in (long[])[Thousand, Million])
            {
                string set = Expression(nodes);
                Measure($"fold, {Round(nodes)} nodes", ["nodes", "fold", set], ["-f", set]);
                Measure($"count, {Round(nodes)} nodes", ["nodes", "count", set], ["-c", set]);
            }

        // In process, where a start of 50 ms does not hide what is measured.
        report.Add(Pairs.Measure($"parse, fold, count, {Repetitions} times, {Round(Milliard)} nodes", $"ours, {Round(Thousand)} nodes", InProcessAim, Fold(Milliard), Fold(Thousand)));
        report.Note($"once, over {Round(Milliard)} nodes: {Unit.Seconds.Of(Pairs.Measure("", "", null, Fold(Milliard), Fold(Milliard)).Ours.Median / Repetitions)}");

        void Measure(string what, string[] ours, string[] theirs)
        {
            string said = Shell.Run(Workshop.Megatux, ours).Trim(), wanted = Shell.Run("nodeset", theirs).Trim();
            if (said != wanted)
                throw new InvalidOperationException($"{what}: megatux says '{said}', nodeset says '{wanted}'");
            report.Add(Pairs.Measure(what, "nodeset", Aim,
                new Job(() => Shell.Run(Workshop.Megatux, ours)), new Job(() => Shell.Run("nodeset", theirs))));
        }
    }

    /// <summary>All four operators, a step-free grid of two dimensions and ranges that overlap.</summary>
    private static string Expression(long nodes) => string.Create(CultureInfo.InvariantCulture,
        $"h[1-{nodes}]!h[{nodes / 4}-{nodes / 3}]^h[{nodes / 2}-{nodes / 3 * 2}]&h[{nodes / 10}-{nodes}],login[01-09]");

    private static string Round(long nodes) => nodes switch { Thousand => "10^3", Million => "10^6", _ => "10^9" };

    private static Job Fold(long nodes)
    {
        string text = Expression(nodes);
        return new Job(() =>
        {
            for (int i = 0; i < Repetitions; i++)
            {
                NodeSet set = NodeSet.Parse(text);
                if (set.Count <= 0 || set.ToString().Length == 0)
                    throw new InvalidOperationException("an empty set");
            }
        });
    }
}
