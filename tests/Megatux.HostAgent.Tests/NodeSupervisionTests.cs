namespace Megatux.HostAgent.Tests;

public sealed class NodeSupervisionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public void A_few_nodes_boot_at_once_in_order_and_each_that_is_up_makes_room_for_the_next()
    {
        var nodes = new NodeSupervision(5, 2, Limit);
        Assert.Equal([0, 1], StartAll(nodes, 0));
        nodes.CameUp(1, At(1));
        Assert.Equal([2], StartAll(nodes, 1));
        nodes.CameUp(0, At(2));
        nodes.CameUp(2, At(2));
        Assert.Equal([3, 4], StartAll(nodes, 2));
        Assert.Equal(NodeState.Up, nodes.StateOf(0));
        Assert.Equal(NodeState.Booting, nodes.StateOf(4));
    }

    [Fact]
    public void A_node_that_fails_is_started_again_after_a_pause_that_doubles_up_to_a_minute()
    {
        var nodes = new NodeSupervision(1, 1, Limit);
        double now = 0;
        foreach (double pause in (double[])[1, 2, 4, 8, 16, 32, 60, 60])
        {
            Assert.Equal([0], StartAll(nodes, now));
            nodes.Ended(0, At(now));
            Assert.Equal(NodeState.Failed, nodes.StateOf(0));
            Assert.Equal(At(now + pause), nodes.NextTime());
            Assert.Empty(StartAll(nodes, now + pause - 0.01));
            now += pause;
        }

        Assert.Equal(8, nodes.Failures);
    }

    [Fact]
    public void A_node_that_was_up_for_long_begins_with_the_first_pause_again()
    {
        var nodes = new NodeSupervision(1, 1, Limit);
        for (int at = 0; at < 4; at++)
        {
            StartAll(nodes, at * 100);
            nodes.Ended(0, At(at * 100));
        }

        StartAll(nodes, 1000);
        nodes.CameUp(0, At(1001));
        nodes.Ended(0, At(2000));
        Assert.Empty(StartAll(nodes, 2000.9));
        Assert.Equal([0], StartAll(nodes, 2001));
    }

    [Fact]
    public void A_node_that_boots_for_too_long_is_to_be_killed_once()
    {
        var nodes = new NodeSupervision(2, 2, Limit);
        StartAll(nodes, 0);
        nodes.CameUp(1, At(5));
        Assert.Null(nodes.NextOverdue(At(179)));
        Assert.Equal(0, nodes.NextOverdue(At(180)));
        Assert.Null(nodes.NextOverdue(At(180)));
        nodes.Ended(0, At(181));
        Assert.Equal([0], StartAll(nodes, 182));
        Assert.Null(nodes.NextOverdue(At(300)));
    }

    [Fact]
    public void A_node_that_was_told_to_end_stays_down_and_one_that_was_told_to_restart_comes_back_and_neither_counts()
    {
        var nodes = new NodeSupervision(2, 2, Limit);
        StartAll(nodes, 0);
        nodes.CameUp(0, At(1));
        nodes.CameUp(1, At(1));
        Assert.True(nodes.Tell(0, restart: false));
        Assert.True(nodes.Tell(1, restart: true));
        nodes.Ended(0, At(2));
        nodes.Ended(1, At(2));
        Assert.Equal([1], StartAll(nodes, 2));
        Assert.Equal(NodeState.Down, nodes.StateOf(0));
        Assert.Equal(0, nodes.Failures);
        Assert.False(nodes.Tell(0, restart: true));
        Assert.Equal([0], StartAll(nodes, 3));
    }

    [Fact]
    public void Whatever_happens_no_more_nodes_boot_than_may_and_none_is_forgotten()
    {
        var random = new Random(20261122);
        const int count = 20, most = 3;
        var nodes = new NodeSupervision(count, most, Limit);
        double now = 0;
        for (int step = 0; step < 20_000; step++)
        {
            now += random.NextDouble() * 3;
            int node = random.Next(count);
            switch (random.Next(6))
            {
                case 0: nodes.CameUp(node, At(now)); break;
                case 1: nodes.Ended(node, At(now)); break;
                case 2 when random.Next(5) == 0: nodes.Tell(node, restart: true); break;
                default: nodes.NextToStart(At(now)); break;
            }

            Assert.InRange(Enumerable.Range(0, count).Count(at => nodes.StateOf(at) == NodeState.Booting), 0, most);
        }

        // Left alone, all of them come up.
        for (int round = 0; round < 1000; round++)
        {
            now += 61;
            foreach (int started in StartAll(nodes, now))
                nodes.CameUp(started, At(now));
            for (int at = 0; at < count; at++)
                nodes.CameUp(at, At(now));
        }

        Assert.All(Enumerable.Range(0, count), at => Assert.Equal(NodeState.Up, nodes.StateOf(at)));
    }

    [Fact]
    public void Nodes_that_are_not_to_start_are_down_until_they_are_told()
    {
        var nodes = new NodeSupervision(5, 2, Limit, number => number % 2 == 1);
        Assert.Equal([1, 3], StartAll(nodes, 0));
        Assert.Equal([NodeState.Down, NodeState.Booting, NodeState.Down, NodeState.Booting, NodeState.Down], Enumerable.Range(0, 5).Select(nodes.StateOf));
        nodes.CameUp(1, At(1));
        Assert.Empty(StartAll(nodes, 1));
        Assert.False(nodes.Tell(4, restart: true));
        Assert.Equal([4], StartAll(nodes, 2));
        Assert.Equal(0, nodes.Failures);
    }

    private static List<int> StartAll(NodeSupervision nodes, double seconds)
    {
        var started = new List<int>();
        while (nodes.NextToStart(At(seconds)) is { } number)
            started.Add(number);
        return started;
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
