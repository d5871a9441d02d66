using Megatux.Pushmon;

namespace Megatux.Benchmarks;

/// <summary>What it takes of processors to watch a thousand nodes, each once a second.</summary>
internal sealed class WatchRow : Row
{
    private const int Guests = 1000, Windows = 3;

    /// <summary>A thousandth of a processor.</summary>
    private const double GuestAim = 0.001;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(20), Settling = TimeSpan.FromSeconds(10), Patience = TimeSpan.FromMinutes(2);

    internal override string Name => "watch";

    internal override string About => "processor time of monitoring once a second, in guests that are containers and in a host of 1000, against collectd with the same facts";

    internal override void Run(Report report, Workshop shop)
    {
        Taken unwatched = Measure(report, shop, "<PushmonInterval>0</PushmonInterval>", peer: null);
        using Collectd? collectd = Collectd.Start(shop, report);
        Taken watched = Measure(report, shop, "", collectd);

        report.Add(Comparison.WithLimit("a guest's agent, each second", Unit.Seconds, watched.Guest, GuestAim));
        if (collectd is not null)
            report.Add(new Comparison("a guest's agent, each second", "collectd", Unit.Seconds, watched.Guest, watched.Peer, watched.Guest.Median / watched.Peer.Median, Aim: 1));
        report.Note($"without monitoring a guest's agent takes {Unit.Seconds.Of(unwatched.Guest)}");
        report.Note($"launcher and daemon of a host of {Guests} guests, and the root: {Unit.Seconds.Of(watched.Host)} each second; without monitoring {Unit.Seconds.Of(unwatched.Host)}");
        if (collectd is not null)
            report.Note($"resident: collectd {Unit.Bytes.Of(ProcessTree.Fact(collectd.Id, "status", "VmRSS:"))}; our agents' are in the row agents");
    }

    private static Taken Measure(Report report, Workshop shop, string properties, Collectd? peer)
    {
        using var experiment = BootedExperiment.Of(shop, "h0", $"""
            <VmsPerHost>{Guests}</VmsPerHost>
            <VmNetmask>255.255.248.0</VmNetmask>
            <Hypervisor>container</Hypervisor>
            {properties}
            """);
        experiment.Boot(only: null);
        if (properties.Length == 0)
            AwaitAll(experiment, report);
        Thread.Sleep(Settling);
        int[] guests = [.. experiment.GuestAgents], hosts = [.. experiment.HostAgents];
        var own = new List<(double Guest, double Host, double Peer)>();
        for (int window = 0; window < Windows; window++)
        {
            (double Guests, double Hosts, double Peer) before = Now();
            long start = Stopwatch.GetTimestamp();
            Thread.Sleep(Window);
            (double Guests, double Hosts, double Peer) after = Now();
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            own.Add(((after.Guests - before.Guests) / seconds / guests.Length, (after.Hosts - before.Hosts) / seconds, (after.Peer - before.Peer) / seconds));
        }

        return new Taken(Distribution.Of(own.Select(one => one.Guest)), Distribution.Of(own.Select(one => one.Host)), Distribution.Of(own.Select(one => one.Peer)));

        (double Guests, double Hosts, double Peer) Now() => (guests.Sum(ProcessTree.ProcessorOf), hosts.Sum(ProcessTree.ProcessorOf), peer is null ? 0 : ProcessTree.ProcessorOf(peer.Id));
    }

    /// <summary>Waits until a report has all nodes in it, and says how old what it has is.</summary>
    private static void AwaitAll(BootedExperiment experiment, Report report)
    {
        using var late = new CancellationTokenSource(Patience);
        MonitorReport whole = experiment.Monitor().WatchAsync(cancellation: late.Token)
            .FirstAsync(said => said.Contributors == said.Expected, late.Token).AsTask().GetAwaiter().GetResult();
        report.Note($"{whole.Contributors} of {whole.Expected} nodes in one report, {whole.NewestAge:0.0} to {whole.OldestAge:0.0} s old");
    }

    /// <summary>Processor seconds that are taken each second.</summary>
    private sealed record Taken(Distribution Guest, Distribution Host, Distribution Peer);
}
