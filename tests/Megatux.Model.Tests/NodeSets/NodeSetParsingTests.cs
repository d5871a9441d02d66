namespace Megatux.Model.Tests;

public sealed class NodeSetParsingTests
{
    [Theory]
    [InlineData("n1,n2", "n[1-2]")]
    [InlineData("n[3,1,2,9]", "n[1-3,9]")]
    [InlineData("n[1,1,1]", "n1")]
    [InlineData("n[1-3],n[2-5]", "n[1-5]")]
    [InlineData("n[0]", "n0")]
    [InlineData("n[00]", "n00")]
    [InlineData("n[8-11]", "n[8-11]")]
    [InlineData("[1-3]", "[1-3]")]
    [InlineData("1,2,3", "[1-3]")]
    [InlineData("a%sb1,a%sb2", "a%sb[1-2]")]
    [InlineData("ü1,ü2", "ü[1-2]")]
    [InlineData("n[1-3]-ib", "n[1-3]-ib")]
    [InlineData("a@b", "a@b")]
    public void A_set_is_folded_to_its_shortest_form(string text, string folded) =>
        Assert.Equal(folded, NodeSet.Parse(text).ToString());

    [Theory]
    [InlineData("a1,a01,a001", "a[1,01,001]")]
    [InlineData("n[07-09,010]", "n[07-09,010]")]
    [InlineData("n[030-100]", "n[030-100]")]
    [InlineData("n[98-101,098-101]", "n[98-99,098-101]")]
    [InlineData("a10,a9,a01", "a[9,01,10]")]
    [InlineData("n[094,999-1002]", "n[094,999-1002]")]
    [InlineData("n[08,10-101]", "n[08,10-101]")]
    [InlineData("n[08-99,100]", "n[08-99,100]")]
    [InlineData("n[08-11],n[8-9]", "n[8-9,08-11]")]
    [InlineData("n[0-9,00-99]", "n[0-9,00-99]")]
    public void Padding_is_identity_and_numbers_sort_by_width_then_value(string text, string folded) =>
        Assert.Equal(folded, NodeSet.Parse(text).ToString());

    [Theory]
    [InlineData("n[1-10/3]", "n[1,4,7,10]", "n[1-10/3]")]
    [InlineData("n[1-9/2,10]", "n[1,3,5,7,9-10]", "n[1-7/2,9-10]")]
    [InlineData("n[7-15/2]", "n[7,9,11,13,15]", "n[7-15/2]")]
    [InlineData("n[1-2/2]", "n1", "n1")]
    [InlineData("n[1-9/1]", "n[1-9]", "n[1-9]")]
    [InlineData("n[1-9/2,2-9/2]", "n[1-9]", "n[1-9]")]
    [InlineData("n[00-99/33]", "n[00,33,66,99]", "n[00-99/33]")]
    [InlineData("n[1-7/3,8]", "n[1,4,7-8]", "n[1,4,7-8]")]
    public void A_step_is_printed_only_if_asked_for(string text, string folded, string stepped)
    {
        NodeSet set = NodeSet.Parse(text);
        Assert.Equal(folded, set.ToString());
        Assert.Equal(stepped, set.ToString(steps: true));
        Assert.Equal(set, NodeSet.Parse(stepped));
    }

    [Theory]
    [InlineData("a[1-5]!a3", "a[1-2,4-5]")]
    [InlineData("a[1-5]&a[3-9]", "a[3-5]")]
    [InlineData("a[1-5]^a[3-9]", "a[1-2,6-9]")]
    [InlineData("a[1-3]!a2,a2", "a[1-3]")]
    [InlineData("a[1-3],a2!a2", "a[1,3]")]
    [InlineData("a1,b1&b[1-3]", "b1")]
    [InlineData("a!b!c", "a")]
    [InlineData("a^a", "")]
    [InlineData("a&b", "")]
    public void Operators_apply_from_left_to_right(string text, string folded) =>
        Assert.Equal(folded, NodeSet.Parse(text).ToString());

    [Theory]
    [InlineData("", "")]
    [InlineData(" \t\n", "")]
    [InlineData("  a ! b  ", "a")]
    [InlineData("a[ 1 - 3 , 5 ]", "a[1-3,5]")]
    [InlineData("a[1 - 9 / 4]", "a[1,5,9]")]
    [InlineData("a1 a2\n\ta3", "a[1-3]")]
    [InlineData("a[1-3] !a2 b", "a[1,3],b")]
    public void White_space_is_ignored_around_operators_and_a_comma_elsewhere(string text, string folded) =>
        Assert.Equal(folded, NodeSet.Parse(text).ToString());

    [Theory]
    [InlineData("n5[1-3]", "n[51-53]")]
    [InlineData("n0[8-11]", "n[08-09,010-011]")]
    [InlineData("n[9-10]0", "n[90,100]")]
    [InlineData("n[08-11]0", "n[080,090,100,110]")]
    [InlineData("n1[0-9]0", "n[100,110,120,130,140,150,160,170,180,190]")]
    [InlineData("a00[1-3]5x", "a[0015,0025,0035]x")]
    public void Digits_beside_a_bracket_belong_to_each_number(string text, string folded) =>
        Assert.Equal(folded, NodeSet.Parse(text).ToString());

    [Theory]
    [InlineData("vm[0-1].h[1-2]", "vm[0-1].h[1-2]")]
    [InlineData("vm0.h1,vm1.h1,vm0.h2,vm1.h2", "vm[0-1].h[1-2]")]
    [InlineData("a1b[1-2],a2b1", "a1b[1-2],a2b1")]
    [InlineData("a[1-2]b[4]", "a[1-2]b4")]
    [InlineData("a[1-2]b[1-2],a[3-4]b[1-3]", "a[3-4]b[1-3],a[1-2]b[1-2]")]
    [InlineData("n[9-10]-[1-2],n9-3", "n9-[1-3],n10-[1-2]")]
    [InlineData("r[1-2]c[1-2]s[1-2]!r1c1s1", "r2c[1-2]s[1-2],r1c2s[1-2],r1c1s2")]
    public void Several_brackets_are_products(string text, string folded) =>
        Assert.Equal(folded, NodeSet.Parse(text).ToString());

    [Fact]
    public void Equality_is_by_the_nodes_however_they_were_written()
    {
        NodeSet a = NodeSet.Parse("vm[0-3].h[1-4]!vm[1-2].h[2-3],n[1-9/2]");
        NodeSet b = NodeSet.Parse("n1,n3,n[5-9/2],vm[0,3].h[2-3],vm[0-3].h[1,4]");
        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.NotEqual(a, NodeSet.Parse("vm[0-3].h[1-4]"));
        Assert.NotEqual(NodeSet.Parse("a1"), NodeSet.Parse("a01"));
        Assert.False(a.Equals(null));
    }

    [Fact]
    public void Trying_tells_the_problem_and_where_it_stands()
    {
        Assert.True(NodeSet.TryParse(null, out NodeSet set, out Problem? problem));
        Assert.Same(NodeSet.Empty, set);
        Assert.Null(problem);
        Assert.False(NodeSet.TryParse("n[", out set, out problem));
        Assert.True(set.IsEmpty);
        Assert.Equal(ErrorCodes.NodeSetUnbalancedBracket, problem!.Code);

        var where = new SourceLocation("laptop.megatux", 7);
        MegatuxException error = Assert.Throws<MegatuxException>(() => NodeSet.Parse("n[", where));
        Assert.Equal(where, error.Problem.Where);
    }
}
