namespace Megatux.Benchmarks;

/// <summary>What the agents take of memory.</summary>
internal sealed class AgentsRow : Row
{
    private const int Few = 10, Many = 1000;
    private const long GuestAim = 4_000_000, HostAim = 20_000_000;
    private const string Resident = "VmRSS:", Anonymous = "RssAnon:";

    /// <summary>What a host that has just started its guests takes to come to rest.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    internal override string Name => "agents";

    internal override string About => "the agents' files, and their memory in guests that are containers and in their host";

    internal override void Run(Report report, Workshop shop)
    {
        report.Note($"files: megatux-guest {SizeOf("megatux-guest")}, megatuxd {SizeOf("megatuxd")}");
        BootedExperiment experiment = shop.Containers;
        try
        {
            experiment.Boot($"vm[0-{Few - 1}].h0");
            Thread.Sleep(Settling);
            int[] guests = [.. experiment.GuestAgents];

            // The launcher of its nodes, and its daemon of the tree.
            int[] host = [.. experiment.HostAgents];
            long Taken() => host.Sum(agent => ProcessTree.Fact(agent, "status", Resident));
            Add("resident in a guest", guests.Select(guest => ProcessTree.Fact(guest, "status", Resident)), GuestAim);
            Note("in a guest", guests);
            long few = Taken();
            Add($"resident in a host of {Few} guests", [few], HostAim);
            Note($"in a host of {Few} guests", host);
            experiment.Start(Few, Many - 1);
            Thread.Sleep(Settling);
            double each = (Taken() - few) / (double)(Many - Few);
            Note($"in a host of {Many} guests", host);
            report.Note($"a host takes {Unit.Bytes.Of(each)} more for each guest");
        }
        finally
        {
            experiment.End();
        }

        void Add(string what, IEnumerable<long> bytes, long aim) => report.Add(Comparison.WithLimit(what, Unit.Bytes, bytes.Select(value => (double)value), aim));

        void Note(string where, params int[] processes) => report.Note($"{where}: resident {Of(processes, Resident)}, of that private {Of(processes, Anonymous)}");
    }

    private static string Of(int[] processes, string name) =>
        Unit.Bytes.Of(Distribution.Of(processes.Select(process => (double)ProcessTree.Fact(process, "status", name))));

    private static string SizeOf(string agent) => Unit.Bytes.Of(new FileInfo(Repository.At($"artifacts/agents/{agent}")).Length);
}
