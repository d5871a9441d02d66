namespace Megatux.Benchmarks;

/// <summary>A thousand guests under UML on this machine, where it has the memory.</summary>
internal sealed class ThousandRow : Row
{
    private const int Guests = 1000;
    private const double SecondsAim = 240;
    private const long MemoryAim = 12_000_000, MemoryNeeded = 16L << 30;

    internal override string Name => "thousand";

    internal override string About => "2 hosts and 1000 guests under UML, all up; takes minutes and 16 GiB";

    internal override void Run(Report report, Workshop shop)
    {
        if (Machine.AvailableBytes() < MemoryNeeded)
        {
            report.Note($"not measured: it takes {Unit.Bytes.Of(MemoryNeeded)} of memory, and {Unit.Bytes.Of(Machine.AvailableBytes())} are free");
            return;
        }

        using var experiment = BootedExperiment.Of(shop, "thousand[0-1]", $"""
            <VmsPerHost>{Guests / 2}</VmsPerHost>
            <VmNetmask>255.255.252.0</VmNetmask>
            <VmMemory>40M</VmMemory>
            <MemoryOvercommit>4</MemoryOvercommit>
            <Hypervisor>uml</Hypervisor>
            """);
        new FleetTrials(report, Guests, experiment).Run(rounds: 1).CompareWithLimits(SecondsAim, MemoryAim);
    }
}
