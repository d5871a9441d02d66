using System.Globalization;

namespace Megatux.Benchmarks;

/// <summary>Ten million nodes, on a virtual network and clock.</summary>
internal sealed class TenMillionRow : Row
{
    private const long Hosts = 10_000;
    private const int Guests = 1000;
    private const double MemoryAim = 10e9;

    internal override string Name => "ten-million";

    internal override string About => "the simulator: 10,000 hosts with 1000 guests each form a tree, lose a secondary master, and run one folded command";

    internal override void Run(Report report, Workshop shop)
    {
        ScaleRun run = ScaleRun.Of(Hosts, Guests);
        report.Add(Comparison.WithLimit("memory", Unit.Bytes, [run.Memory], MemoryAim));
        report.Note(string.Create(CultureInfo.InvariantCulture, $"""
            {run.Answered:N0} nodes ran the command, each once
            took here: {Unit.Seconds.Of(run.FormationTook)} for the formation, {Unit.Seconds.Of(run.CommandTook)} for the command
            on the virtual clock: {Unit.Seconds.Of(run.Formation)} until all were up, {Unit.Seconds.Of(run.Command)} for the command
            healed {Unit.Seconds.Of(run.Healed)} after the secondary master with the most children was lost, on the virtual clock
            the tree: {run.Depth} links deep, {run.MostChildren} children at most
            most messages at one daemon: {run.FormationMessages:N0} in the formation, {run.CommandMessages:N0} in the command
            the longest queue of a link: {Unit.Bytes.Of(run.LongestQueue)}; {run.Overflows} links closed for it
            """));
    }
}
