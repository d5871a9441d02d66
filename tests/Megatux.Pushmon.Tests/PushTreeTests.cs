using Megatux.Tree;

namespace Megatux.Pushmon.Tests;

public sealed class PushTreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(33)]
    [InlineData(1_000)]
    [InlineData(10_007)]
    public void Every_host_has_a_way_to_the_root_that_is_short_and_no_host_has_many_below_it(long count)
    {
        var children = new Dictionary<long, int>();
        for (long rank = 0; rank < count; rank++)
        {
            IReadOnlyList<long> above = PushTree.AncestorsOf(rank, count);
            Assert.Equal(TreeDaemon.Root, above[^1]);
            Assert.InRange(above.Count, 1, 4);

            // The way of the parent is the rest of one's own.
            if (above.Count > 1)
                Assert.Equal(PushTree.AncestorsOf(above[0], count), above.Skip(1));
            children[above[0]] = children.GetValueOrDefault(above[0]) + 1;
        }

        Assert.All(children.Values, below => Assert.InRange(below, 1, PushTree.FanOut));
    }

    [Fact]
    public void All_below_a_host_are_the_ranks_behind_its_own()
    {
        const long count = 5_000;
        var below = new Dictionary<long, List<long>>();
        for (long rank = 0; rank < count; rank++)
            foreach (long above in PushTree.AncestorsOf(rank, count))
                (below.TryGetValue(above, out List<long>? ranks) ? ranks : below[above] = []).Add(rank);
        foreach ((long head, List<long> ranks) in below)
            Assert.Equal(Enumerable.Range((int)head + 1, ranks.Count).Select(rank => (long)rank), ranks);
    }
}
