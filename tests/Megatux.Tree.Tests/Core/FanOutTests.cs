namespace Megatux.Tree.Tests;

public sealed class FanOutTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(256)]
    public void A_few_daemons_all_ask_the_root(long expected)
    {
        for (long rank = 0; rank < expected; rank++)
            Assert.Equal(TreeDaemon.Root, FanOut.FirstToAsk(rank, expected));
    }

    [Theory]
    [InlineData(257)]
    [InlineData(1000)]
    [InlineData(4097)]
    [InlineData(99_999)]
    public void Of_many_the_root_is_asked_by_no_more_than_it_takes_and_each_of_these_by_as_many(long expected)
    {
        int most = FanOut.Of(expected);
        var askers = new Dictionary<long, int>();
        for (long rank = 0; rank < expected; rank++)
        {
            long asked = FanOut.FirstToAsk(rank, expected);
            askers[asked] = askers.GetValueOrDefault(asked) + 1;

            // Whoever is asked turns to the root: nobody waits for one that waits.
            if (asked != TreeDaemon.Root)
                Assert.Equal(TreeDaemon.Root, FanOut.FirstToAsk(asked, expected));
        }

        Assert.All(askers.Values, count => Assert.InRange(count, 1, most));
    }
}
