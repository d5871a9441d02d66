namespace Megatux.Model.Tests;

public sealed class NodeSetOrderTests
{
    [Theory]
    [InlineData("n[9-11]", "n9 n10 n11")]
    [InlineData("b1,a2,a,a1", "a a1 a2 b1")]
    [InlineData("n[1-2],n-x,n", "n n1 n2 n-x")]
    [InlineData("n[9,010,01]", "n9 n01 n010")]
    [InlineData("vm[0-1].h[1-2]", "vm0.h1 vm0.h2 vm1.h1 vm1.h2")]
    [InlineData("a1b1,a[2-3]b[2-3]", "a2b2 a2b3 a3b2 a3b3 a1b1")]
    [InlineData("", "")]
    public void Nodes_have_an_order_and_ranks_follow_it(string text, string names)
    {
        NodeSet set = NodeSet.Parse(text);
        string[] expected = names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected, set.Expand());
        Assert.Equal(expected.Length, set.Count);
        Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(rank => set[rank]));
        Assert.Equal(expected.Select(name => NodeSet.Parse(name)), Enumerable.Range(0, expected.Length).Select(rank => set.Only(rank)));
        Assert.Equal(Enumerable.Range(0, expected.Length).Select(rank => (long)rank), expected.Select(set.RankOf));
    }

    [Theory]
    [InlineData("n0")]
    [InlineData("n01")]
    [InlineData("n1 ")]
    [InlineData("n1x")]
    [InlineData("m1")]
    [InlineData("n")]
    [InlineData("")]
    [InlineData("n[1-2]")]
    [InlineData("n1,n2")]
    [InlineData("@n1")]
    [InlineData("n12345678901234567890")]
    public void What_is_not_in_the_set_has_no_rank(string name)
    {
        NodeSet set = NodeSet.Parse("n[1-9]");
        Assert.Equal(-1, set.RankOf(name));
        Assert.False(set.Contains(name));
    }

    [Fact]
    public void A_rank_outside_the_set_is_an_argument_error()
    {
        NodeSet set = NodeSet.Parse("n[1-9],m1");
        Assert.Throws<ArgumentOutOfRangeException>(() => set[10]);
        Assert.Throws<ArgumentOutOfRangeException>(() => set[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => NodeSet.Empty[0]);
    }

    [Theory]
    [InlineData("n[1-9]", "n[3-4],n9", true)]
    [InlineData("n[1-9]", "n[3-10]", false)]
    [InlineData("n[1-9]", "", true)]
    [InlineData("", "n1", false)]
    [InlineData("vm[0-9].h[0-9]", "vm[1-9/2].h3", true)]
    [InlineData("n[0-999999999/2]", "n[0-999999999/6]", true)]
    [InlineData("n[0-999999999/2]", "n[0-999999999/3]", false)]
    [InlineData("n[0-999999999/2]-1,n[1-999999999/6]-2", "n[4-999999999/4]-1,n7-2", true)]
    public void A_set_contains_another(string set, string other, bool contains) =>
        Assert.Equal(contains, NodeSet.Parse(set).Contains(NodeSet.Parse(other)));
}
