namespace Megatux.Model.Tests;

/// <summary>What a set costs is its number of ranges: a thousand million nodes in a few kilobytes.</summary>
public sealed class NodeSetScaleTests
{
    private const long FewBytes = 256 * 1024;

    [Fact]
    public void A_thousand_million_nodes_cost_as_little_as_ten() => CostsLittle(() =>
    {
        NodeSet set = NodeSet.Parse("h[1-1000000000]");
        Assert.Equal(1_000_000_000, set.Count);
        Assert.Equal("h[1-1000000000]", set.ToString());
        Assert.Equal("h500000000", set[499_999_999]);
        Assert.Equal(499_999_999, set.RankOf("h500000000"));
        Assert.Equal("h[999999999-1000000000]", set.Intersect(NodeSet.Parse("h[999999999-2000000000]")).ToString());
        Assert.Equal(["h1", "h2"], set.Expand().Take(2));
    });

    [Fact]
    public void Guests_of_a_million_hosts_with_a_million_guests_cost_as_little() => CostsLittle(() =>
    {
        NodeSet set = NodeSet.Parse("vm[0-999999].h[0-999999]");
        Assert.Equal(1_000_000_000_000, set.Count);
        Assert.Equal("vm123456.h654321", set[123_456_654_321]);
        Assert.Equal(123_456_654_321, set.RankOf("vm123456.h654321"));
        NodeSet most = set.Except(NodeSet.Parse("vm5.h7,vm[10-19].h[0-999999/2]"));
        Assert.Equal(1_000_000_000_000 - 1 - 5_000_000, most.Count);
        Assert.False(most.Contains("vm5.h7"));
        Assert.True(most.Contains("vm10.h7"));
        Assert.Equal(set, most.Union(NodeSet.Parse("vm5.h7,vm[10-19].h[0-999999/2]")));
        for (long rank = 0; rank < most.Count; rank += most.Count / 97)
            Assert.Equal(rank, most.RankOf(most[rank]));
    });

    [Fact]
    public void Steps_over_a_thousand_million_cost_as_little() => CostsLittle(() =>
    {
        NodeSet odd = NodeSet.Parse("h[1-1000000000/2]");
        Assert.Equal(500_000_000, odd.Count);
        Assert.Equal("h999999999", odd[499_999_999]);
        Assert.Equal(499_999_999, odd.RankOf("h999999999"));
        Assert.Equal("h[1-999999999/2]", odd.ToString());
        NodeSet all = NodeSet.Parse("h[1-1000000000]");
        Assert.Equal("h[2-1000000000/2]", all.Except(odd).ToString());
        Assert.Equal(all, odd.Union(all.Except(odd)));
        Assert.Equal(odd, all.SymmetricExcept(NodeSet.Parse("h[2-1000000000/2]")));
        Assert.Equal(NodeSet.Parse("h[1-1000000000/6]"), odd.Intersect(NodeSet.Parse("h[1-1000000000/3]")));
        Assert.Equal("h[7-999999997/15]", NodeSet.Parse("h[1-1000000000/3]&h[2-1000000000/5]").ToString());
        Assert.Equal("h[1-4,6,8-999,1001-1999/2,2001-1000000000]",
            NodeSet.Parse("h[1-1000000000]!h[5,7,1000-2000/2]").ToString(steps: true));
    });

    [Fact]
    public void The_largest_experiment_has_its_million_guests() => CostsLittle(() =>
    {
        NodeSet hosts = NodeSet.Parse(
            "ehyperion[2-37,74-145,148-283,286-429,432-575,578-721,724-867,870-1013,1016-1036]");
        Assert.Equal(985, hosts.Count);
        Assert.Equal("ehyperion2", hosts[0]);
        Assert.Equal("ehyperion74", hosts[36]);
        Assert.Equal("ehyperion1036", hosts[984]);
        NodeSet guests = NodeSet.Parse($"vm[0-1023].{hosts}");
        Assert.Equal(1_008_640, guests.Count);
        Assert.Equal("vm1023.ehyperion1036", guests[1_008_639]);
        Assert.Equal(36, guests.RankOf("vm0.ehyperion74"));
    });

    [Fact]
    public void A_long_list_of_names_is_read_in_halves()
    {
        var random = new Random(5);
        int[] numbers = [.. Enumerable.Range(0, 50_000)];
        random.Shuffle(numbers);
        Assert.Equal("n[0-49999]", NodeSet.Parse(string.Join(' ', numbers.Select(i => $"n{i}"))).ToString());
        Assert.Equal("n[0-49999]", NodeSet.Parse($"n[{string.Join(',', numbers)}]").ToString());
        Assert.Equal("vm[0-49].h[0-999]",
            NodeSet.UnionOf(numbers.Select(i => NodeSet.Parse($"vm{i / 1000}.h{i % 1000}"))).ToString());
    }

    [Fact]
    public void Scattered_guests_are_kept_and_found_again()
    {
        var random = new Random(7);
        HashSet<string> names = [.. Enumerable.Range(0, 5000).Select(_ => $"vm{random.Next(1024)}.h{random.Next(985)}")];
        NodeSet set = NodeSet.Parse(string.Join(',', names));
        Assert.Equal(names.Count, set.Count);
        Assert.All(names, name => Assert.Equal(name, set[set.RankOf(name)]));
        Assert.Equal("vm[0-1023].h[0-984]", set.Union(NodeSet.Parse("vm[0-1023].h[0-984]!vm5.h5,vm5.h5")).ToString());
        Assert.Equal(1024 * 985 - names.Count, NodeSet.Parse("vm[0-1023].h[0-984]").Except(set).Count);
    }

    private static void CostsLittle(Action work)
    {
        work();
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, FewBytes);
    }
}
