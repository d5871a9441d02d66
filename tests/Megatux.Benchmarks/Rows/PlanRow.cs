using Megatux.Equations;
using Megatux.Model;

namespace Megatux.Benchmarks;

/// <summary>Everything about one node of a million.</summary>
internal sealed class PlanRow : Row
{
    private const double Aim = 1.1;

    internal override string Name => "plan";

    internal override string About => "megatux plan of one guest, hyperion (1,008,640 guests) against laptop (100 guests), whole processes";

    internal override void Run(Report report, Workshop shop)
    {
        Experiment large = Load(shop.Built.Manifest("hyperion")), small = Load(shop.Built.Manifest("laptop"));
        foreach ((string place, double part) in new[] { ("first", 0.0), ("middle", 0.5), ("last", 1.0) })
            report.Add(Pairs.Measure($"hyperion, {place}: {GuestAt(large, part)}", $"laptop, {place}", Aim,
                new Job(() => Ask("hyperion", GuestAt(large, part))), new Job(() => Ask("laptop", GuestAt(small, part)))));

        void Ask(string name, string guest) => Shell.Run(Workshop.Megatux, "plan", shop.Built.Project(name), guest);
    }

    private static Experiment Load(string manifest)
    {
        using FileStream stream = File.OpenRead(manifest);
        return Manifest.Read(stream, manifest, EquationCompiler.Instance).Experiment;
    }

    private static string GuestAt(Experiment plan, double part) =>
        plan.GuestName((long)((plan.HostCount - 1) * part), (int)((plan.VmsPerHost - 1) * part));
}
