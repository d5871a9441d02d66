using System.Text;
using Megatux.Model;
using Megatux.Sexp;
using Megatux.Tree;

namespace Megatux.Pushmon.Tests;

public sealed class MonitorDaemonTests
{
    private const string Counting = "(define (sample node s) (list (list 'n (stat 1)) (list 'who (group 'here))))";

    [Theory]
    [InlineData(1, 3)]
    [InlineData(40, 2)]
    [InlineData(1_100, 1)]
    public void All_nodes_are_in_what_the_root_is_told_within_seconds(int hosts, int nodes)
    {
        var network = new PushNetwork(hosts, nodes);
        network.Run(TimeSpan.FromSeconds(6));
        PushMessage report = network.Report!;
        Assert.Equal(hosts * nodes, report.Contributors);
        Assert.Equal("nodes", Assert.Single(report.Parts).Name);
        Assert.StartsWith($"(stat {hosts * nodes} ", Part(report, "load"), StringComparison.Ordinal);
        Assert.InRange(report.Ages.Oldest, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(800)]
    public void When_hosts_between_are_gone_those_below_them_are_heard_by_another_way_and_never_twice(int longestDelayMs)
    {
        const int hosts = 1_100, nodes = 2;
        var network = new PushNetwork(hosts, nodes, longestDelayMs);
        network[TreeDaemon.Root].Configure(NodeSet.Empty, [("count", Counting)]);
        network.Watch = report =>
        {
            // Whoever was counted twice is once among the members.
            if (report.Parts.SingleOrDefault(part => part.Name == "count") is { Problems: 0 } && Part(report, "n") is { } sum && sum != "#f")
            {
                Datum count = Datum.Parse(sum), who = Datum.Parse(Part(report, "who"));
                Assert.Equal(count.Items[1].Text, NodeSet.Parse(who.Items[1].Items[1].Text).Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
                Assert.InRange(report.Contributors, 0, hosts * nodes);
            }
        };
        network.Run(TimeSpan.FromSeconds(8));
        Assert.Equal(hosts * nodes, network.Report!.Contributors);

        var random = new Random(3);
        long[] parents = [.. Enumerable.Range(0, hosts).Select(rank => PushTree.AncestorsOf(rank, hosts)[0]).Where(rank => rank >= 0).Distinct()];
        long[] gone = [.. parents.OrderBy(_ => random.Next()).Take(10)];
        foreach (long rank in gone)
            network.Kill(rank);
        network.Run(TimeSpan.FromSeconds(10));
        Assert.Equal((hosts - gone.Length) * nodes, network.Report!.Contributors);
        Assert.All(Enumerable.Range(0, hosts).Where(rank => !gone.Contains(rank)), rank => Assert.DoesNotContain(network[rank].Parent, gone));

        // Who comes back is returned to.
        foreach (long rank in gone)
            network.Start(rank);
        network.Run(TimeSpan.FromSeconds(30));
        Assert.Equal(hosts * nodes, network.Report!.Contributors);
        Assert.All(Enumerable.Range(0, hosts), rank => Assert.Equal(PushTree.AncestorsOf(rank, hosts)[0], network[rank].Parent));
    }

    [Fact]
    public void A_root_that_is_started_again_hears_of_all_and_what_is_to_be_reduced_is_what_it_says()
    {
        var network = new PushNetwork(50, 2);
        network[TreeDaemon.Root].Configure(NodeSet.Empty, [("count", Counting)]);
        network.Run(TimeSpan.FromSeconds(5));
        Assert.StartsWith("(stat 100 ", Part(network.Report!, "n"), StringComparison.Ordinal);
        network.Kill(TreeDaemon.Root);
        network.Run(TimeSpan.FromSeconds(5));
        network.Start(TreeDaemon.Root);
        network.Run(TimeSpan.FromSeconds(12));
        Assert.Equal(100, network.Report!.Contributors);
        Assert.StartsWith("(stat 100 ", Part(network.Report!, "load"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_root_is_told_before_it_has_heard_of_hosts_is_not_taken_for_what_an_earlier_one_was_told()
    {
        const string another = "(define (sample node s) (list (list 'n (stat 2)) (list 'who (group 'there))))";
        var network = new PushNetwork(50, 2);
        network[TreeDaemon.Root].Configure(NodeSet.Empty, [("count", Counting)]);
        network.Run(TimeSpan.FromSeconds(5));
        network.Kill(TreeDaemon.Root);
        network.Start(TreeDaemon.Root);
        network.Watch = report => Assert.DoesNotContain("here", Part(report, "who").Replace("there", "", StringComparison.Ordinal), StringComparison.Ordinal);
        network[TreeDaemon.Root].Configure(NodeSet.Empty, [("count", another)]);
        network.Run(TimeSpan.FromSeconds(12));
        Assert.Equal(100, network.Report!.Contributors);
        Assert.Equal("(stat 100 200 2 2 400)", Part(network.Report!, "n"));
    }

    [Fact]
    public void A_root_whose_clock_was_set_back_is_gone_by_nonetheless()
    {
        var network = new PushNetwork(50, 2);
        network[TreeDaemon.Root].Configure(NodeSet.Empty, [("count", Counting)]);
        network.Run(TimeSpan.FromSeconds(5));
        network.Kill(TreeDaemon.Root);
        network.Era = static () => -5;
        network.Start(TreeDaemon.Root);
        network.Run(TimeSpan.FromSeconds(12));
        Assert.StartsWith("(stat 100 ", Part(network.Report!, "load"), StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_of_watched_nodes_come_as_they_are_each_once()
    {
        var network = new PushNetwork(50, 2);
        network.Run(TimeSpan.FromSeconds(4));
        var came = new List<(string, uint)>();
        network.Watch = report => came.AddRange(report.Raw.Select(raw => (raw.Node, raw.Sequence)));
        network[TreeDaemon.Root].Configure(NodeSet.Parse("vm[0-1].h7,vm0.h49"), network[TreeDaemon.Root].Configuration.Reductions);
        network.Run(TimeSpan.FromSeconds(20));
        Assert.Equal(["vm0.h49", "vm0.h7", "vm1.h7"], came.Select(raw => raw.Item1).Distinct().Order());
        Assert.Equal(came.Count, came.Distinct().Count());
        Assert.InRange(came.Count, 3 * 15, 3 * 20);

        // Also while a way is tried that is better than the one that there is.
        long parent = PushTree.AncestorsOf(49, 50)[0];
        network.Kill(parent);
        network.Run(TimeSpan.FromSeconds(8));
        network.Start(parent);
        network.Run(TimeSpan.FromSeconds(20));
        Assert.Equal(parent, network[49].Parent);
        Assert.Equal(came.Count, came.Distinct().Count());
    }

    [Fact]
    public void Nodes_that_say_nonsense_or_nothing_are_not_counted_and_the_nonsense_is_told_of()
    {
        var network = new PushNetwork(3, 4)
        {
            Say = static (rank, node) => node switch { 0 => "((load 1 2", 1 => null, 2 => new string('x', 100_000), _ => "((load 1 1 1))" },
        };
        network.Run(TimeSpan.FromSeconds(6));
        Assert.Equal(3, network.Report!.Contributors);
        ReducedPart wrong = Assert.Single(network.Report.Parts, part => part.Name == "samples");
        Assert.Contains("vm0.h", wrong.Problem, StringComparison.Ordinal);
        Assert.InRange(network.Report.Dropped, 3, 30);
    }

    private static string Part(PushMessage report, string key)
    {
        foreach (ReducedPart part in report.Parts)
            if (!part.Result.IsEmpty)
                foreach (Datum entry in Datum.Parse(part.Result.Span).Items)
                    if (entry.Items is [var name, var value] && name.Text == key)
                        return value.ToString();
        return "#f";
    }
}
