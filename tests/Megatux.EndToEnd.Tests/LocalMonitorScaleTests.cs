using System.Globalization;
using Megatux.Model;
using Megatux.Pushmon;
using Megatux.Tree;

namespace Megatux.EndToEnd.Tests;

/// <summary>Many nodes that say once a second how they are, on real hosts, while some of these die.</summary>
[Collection(nameof(LocalBootTests))]
public sealed class LocalMonitorScaleTests : IDisposable
{
    private const int Hosts = 40;
    private const string Everybody = "everybody";
    private const string Facts = "(define (sample node s) (list (list 'here (group 'yes)) (list 'total (group (get s 'memory 'total))) (list 'uptime (stat (get s 'uptime 'seconds)))))";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly CancellationTokenSource _late = new(TimeSpan.FromMinutes(5));

    public void Dispose() => _late.Dispose();

    [Theory]
    [InlineData("container", 500)]
    [InlineData("uml", 50)]
    public async Task Each_second_all_nodes_are_reported_and_what_is_reported_is_what_they_find_in_their_own_proc(string hypervisor, int guests)
    {
        using var local = new LocalExperiment(hypervisor, "<VmNetmask>255.255.248.0</VmNetmask>", guests: guests);
        local.Boot().Succeeded();
        local.AwaitTree();
        MonitorClient client = local.Monitor();
        await client.PutProgramAsync(Everybody, Facts, _late.Token);
        var all = NodeSet.Parse($"h[7-8],vm[0-{guests - 1}].h[7-8]");
        await AwaitAsync(client, report => Here(report).Equals(all));

        // Not one of them twice in any report, and all of them in the most.
        int whole = 0, reports = 0;
        var uptimes = new List<StatValue>();
        (double Least, double Greatest) before = Uptimes(local);
        await foreach (MonitorReport report in client.WatchAsync(cancellation: _late.Token))
        {
            AssertNobodyTwice(report, all);
            whole += Here(report).Equals(all) ? 1 : 0;
            uptimes.Add(report.Find(Everybody)!.Find<StatValue>("uptime")!);
            if (++reports == 20)
                break;
        }

        (double Least, double Greatest) after = Uptimes(local);
        Assert.InRange(whole, 1, reports);
        Assert.All(uptimes, uptime => Assert.InRange(uptime.Least, before.Least - 10, after.Least));
        Assert.All(uptimes, uptime => Assert.InRange(uptime.Greatest, before.Greatest - 10, after.Greatest));

        // Who has how much memory: what each says for itself, and what each answers when it is asked.
        Dictionary<string, NodeSet> asked = ByText(local.Run("everything", "awk '/^MemTotal/ {print $2}' /proc/meminfo").Succeeded().Output);
        MonitorReport last = await AwaitAsync(client, report => Here(report).Equals(all));
        Assert.Equal(
            asked.Select(group => $"{group.Key} {group.Value}").Order(),
            last.Find(Everybody)!.Find<GroupValue>("total")!.Groups.Select(group => $"{group.Value.Text} {group.Nodes}").Order());
        local.Halt().Succeeded();
    }

    [Fact]
    public async Task When_a_host_that_others_push_to_dies_or_hangs_they_are_heard_by_another_way_and_nobody_twice()
    {
        string hosts = $"h[0-{Hosts - 1}]";
        var all = NodeSet.Parse($"{hosts},vm0.{hosts}");

        // The first host has others below it.
        const long child = 1;
        Assert.Equal(0, PushTree.AncestorsOf(child, Hosts)[0]);
        using var local = new LocalExperiment("container", hosts: hosts, guests: 1);
        local.Boot().Succeeded();
        local.AwaitTree();
        MonitorClient client = local.Monitor();
        await client.PutProgramAsync(Everybody, Facts, _late.Token);
        await AwaitAsync(client, report => Here(report).Equals(all));

        Command.Run("kill", ["-KILL", $"{local.HostProcess("h0")}"]).Succeeded();
        bool wasGone = false;
        await AwaitAsync(client, report =>
        {
            AssertNobodyTwice(report, all);
            wasGone |= !Here(report).Contains("vm0.h0");
            return wasGone && Here(report).Equals(all);
        });

        int daemon = local.TreeDaemonOf("h0");
        Command.Run("kill", ["-STOP", $"{daemon}"]).Succeeded();
        try
        {
            await AwaitAsync(client, report =>
            {
                AssertNobodyTwice(report, all);
                return !Here(report).Contains("vm0.h0") && Here(report).Contains($"vm0.h{child}");
            });
        }
        finally
        {
            Command.Run("kill", ["-CONT", $"{daemon}"]);
        }

        await AwaitAsync(client, report =>
        {
            AssertNobodyTwice(report, all);
            return Here(report).Equals(all);
        });
        local.Halt().Succeeded();
    }

    /// <summary>Who is in a report; nobody before the program has come everywhere.</summary>
    private static NodeSet Here(MonitorReport report) => report.Find(Everybody)?.Find<GroupValue>("here")?.Groups is [{ } one] ? one.Nodes : NodeSet.Empty;

    private static void AssertNobodyTwice(MonitorReport report, NodeSet all)
    {
        NodeSet here = Here(report);
        Assert.Equal(here.Count, report.Find(Everybody)?.Find<StatValue>("uptime")?.Count ?? 0);
        Assert.True(here.Except(all).IsEmpty, $"{here.Except(all)} are no nodes");
        Assert.InRange(report.Contributors, 0, all.Count);
    }

    private async Task<MonitorReport> AwaitAsync(MonitorClient client, Func<MonitorReport, bool> condition)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(_late.Token);
        late.CancelAfter(Patience);
        MonitorReport? last = null;
        try
        {
            await foreach (MonitorReport report in client.WatchAsync(cancellation: late.Token))
                if (condition(last = report))
                    return report;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            // What came last says more.
        }

        throw new TimeoutException($"not within {Patience.TotalSeconds} s; the last report: {(last is null ? "none" : System.Text.Encoding.UTF8.GetString(last.ToLine()))}");
    }

    private static (double Least, double Greatest) Uptimes(LocalExperiment local)
    {
        double[] said = [.. ByText(local.Run("everything", "cut -d' ' -f1 /proc/uptime").Succeeded().Output).Keys.Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return (said.Min(), said.Max());
    }

    private static Dictionary<string, NodeSet> ByText(string output)
    {
        var said = new Dictionary<string, NodeSet>();
        foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split(": ");
            said[parts[1]] = said.GetValueOrDefault(parts[1], NodeSet.Empty).Union(NodeSet.Parse(parts[0]));
        }

        return said;
    }
}
