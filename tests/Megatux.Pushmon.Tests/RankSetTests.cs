namespace Megatux.Pushmon.Tests;

public sealed class RankSetTests
{
    [Fact]
    public void It_holds_all_that_was_added_and_a_little_more_only_where_there_are_many_ranges()
    {
        var random = new Random(11);
        for (int round = 0; round < 200; round++)
        {
            bool[] held = new bool[random.Next(1, 400)];
            var set = new RankSet();
            for (int rank = 0; rank < held.Length; rank++)
                held[rank] = random.Next(3) == 0;

            foreach (int rank in Enumerable.Range(0, held.Length).Where(rank => held[rank]).OrderBy(_ => random.Next()))
                set.Add(RankSet.Of(rank));
            for (int rank = 0; rank < held.Length; rank++)
                if (held[rank] || held.Count(one => one) <= 64)
                    Assert.Equal(held[rank], set.Overlaps(RankSet.Of(rank)));
            Assert.InRange(set.ToString().Count(character => character == ','), 0, 63);
        }
    }
}
