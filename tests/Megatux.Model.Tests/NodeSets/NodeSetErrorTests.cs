namespace Megatux.Model.Tests;

public sealed class NodeSetErrorTests
{
    [Theory]
    [InlineData("n[4-3/2]", ErrorCodes.NodeSetBackwardsRange, "n[>>4-3/2<<]", 3)]
    [InlineData("node[4-1]", ErrorCodes.NodeSetBackwardsRange, "node[>>4-1<<]", 6)]
    [InlineData("n[3/2]", ErrorCodes.NodeSetBadStep, "n[>>3/2<<]", 3)]
    [InlineData("n[4/1]", ErrorCodes.NodeSetBadStep, "n[>>4/1<<]", 3)]
    [InlineData("n[1-3/0]", ErrorCodes.NodeSetBadStep, "n[1-3/>>0<<]", 7)]
    [InlineData("n[1-3/]", ErrorCodes.NodeSetBadNumber, "n[1-3/>><<]", 7)]
    [InlineData("n[1-3/-1]", ErrorCodes.NodeSetBadNumber, "n[1-3/>>-1<<]", 7)]
    [InlineData("n[1-3/2/2]", ErrorCodes.NodeSetBadNumber, "n[1-3/>>2/2<<]", 7)]
    [InlineData("n[]", ErrorCodes.NodeSetEmptyRange, "n[>><<]", 3)]
    [InlineData("[]", ErrorCodes.NodeSetEmptyRange, "[>><<]", 2)]
    [InlineData("n[1,,2]", ErrorCodes.NodeSetEmptyRange, "n[1,>><<,2]", 5)]
    [InlineData("n[1, ]", ErrorCodes.NodeSetEmptyRange, "n[1, >><<]", 6)]
    [InlineData(",,", ErrorCodes.NodeSetMissingOperand, ">>,<<,", 1)]
    [InlineData("a,,b", ErrorCodes.NodeSetMissingOperand, "a>>,<<,b", 2)]
    [InlineData("a !& b", ErrorCodes.NodeSetMissingOperand, "a >>!<<& b", 3)]
    [InlineData("a,", ErrorCodes.NodeSetMissingOperand, "a>>,<<", 2)]
    [InlineData("n[1-3]! ", ErrorCodes.NodeSetMissingOperand, "n[1-3]>>!<< ", 7)]
    [InlineData("^a", ErrorCodes.NodeSetMissingOperand, ">>^<<a", 1)]
    [InlineData("n[1-3", ErrorCodes.NodeSetUnbalancedBracket, "n>>[<<1-3", 2)]
    [InlineData("n1-3]", ErrorCodes.NodeSetUnbalancedBracket, "n1-3>>]<<", 5)]
    [InlineData("n[[1-2]]", ErrorCodes.NodeSetUnbalancedBracket, "n[>>[<<1-2]]", 3)]
    [InlineData("n[1-2]]", ErrorCodes.NodeSetUnbalancedBracket, "n[1-2]>>]<<", 7)]
    [InlineData("a,n[1[2]3]", ErrorCodes.NodeSetUnbalancedBracket, "a,n[1>>[<<2]3]", 6)]
    [InlineData("n[1-2][3-4]", ErrorCodes.NodeSetAdjacentBrackets, "n[1-2]>>[<<3-4]", 7)]
    [InlineData("n[1-2]0[3-4]", ErrorCodes.NodeSetAdjacentBrackets, "n[1-2]0>>[<<3-4]", 8)]
    [InlineData("n[01-044]", ErrorCodes.NodeSetPaddingMismatch, "n[>>01-044<<]", 3)]
    [InlineData("n[1-003]", ErrorCodes.NodeSetPaddingMismatch, "n[>>1-003<<]", 3)]
    [InlineData("n[0-00]", ErrorCodes.NodeSetPaddingMismatch, "n[>>0-00<<]", 3)]
    [InlineData("n[a-b]", ErrorCodes.NodeSetBadNumber, "n[>>a<<-b]", 3)]
    [InlineData("n[-5]", ErrorCodes.NodeSetBadNumber, "n[>><<-5]", 3)]
    [InlineData("n[5-]", ErrorCodes.NodeSetBadNumber, "n[5->><<]", 5)]
    [InlineData("n[1-2-3]", ErrorCodes.NodeSetBadNumber, "n[1->>2-3<<]", 5)]
    [InlineData("n[1 2]", ErrorCodes.NodeSetBadNumber, "n[>>1 2<<]", 3)]
    [InlineData("n[1!2]", ErrorCodes.NodeSetBadNumber, "n[>>1!2<<]", 3)]
    [InlineData("n[+1]", ErrorCodes.NodeSetBadNumber, "n[>>+1<<]", 3)]
    [InlineData("n[１]", ErrorCodes.NodeSetBadNumber, "n[>>１<<]", 3)]
    [InlineData("n[1-9999999999999999999]", ErrorCodes.NodeSetNumberTooLarge, "n[1->>9999999999999999999<<]", 5)]
    [InlineData("n1234567890123456789", ErrorCodes.NodeSetNumberTooLarge, "n>>1234567890123456789<<", 2)]
    [InlineData("n1[1-123456789012345678]", ErrorCodes.NodeSetNumberTooLarge, "n1>>[1-123456789012345678]<<", 3)]
    [InlineData("@compute", ErrorCodes.NodeSetGroup, ">>@<<compute", 1)]
    [InlineData("a,@b", ErrorCodes.NodeSetGroup, "a,>>@<<b", 3)]
    [InlineData("n*", ErrorCodes.NodeSetGroup, "n>>*<<", 2)]
    [InlineData("a\u0001b", ErrorCodes.NodeSetBadCharacter, "a>> <<b", 2)]
    public void An_error_has_its_code_and_shows_its_place(string text, string code, string quoted, int column)
    {
        MegatuxException error = Assert.Throws<MegatuxException>(() => NodeSet.Parse(text));
        Assert.Equal(code, error.Problem.Code);
        Assert.StartsWith($"node set \"{quoted}\", column {column}: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_long_text_is_shown_around_the_fault_only()
    {
        string names = string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"n{i}"));
        MegatuxException error = Assert.Throws<MegatuxException>(() => NodeSet.Parse($"{names},x[2-1],{names}"));
        Assert.Contains("n9999,x[>>2-1<<],n0,n1", error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Length < 250, error.Message);
    }

    [Fact]
    public void A_name_may_have_32_numbers_and_no_more()
    {
        string name = string.Concat(Enumerable.Repeat("a1", 32));
        Assert.Equal(name, NodeSet.Parse(name).ToString());
        MegatuxException error = Assert.Throws<MegatuxException>(() => NodeSet.Parse(name + "a1"));
        Assert.Equal(ErrorCodes.NodeSetTooManyAxes, error.Problem.Code);
        Assert.False(NodeSet.Parse(name).Contains(name + "a1"));
    }

    [Fact]
    public void A_set_beyond_counting_says_so()
    {
        NodeSet set = NodeSet.Parse("a[0-999999999999]b[0-99999999]");
        Assert.Equal(ErrorCodes.NodeSetTooLarge, Assert.Throws<MegatuxException>(() => set.Count).Problem.Code);
        Assert.Equal(ErrorCodes.NodeSetTooLarge, Assert.Throws<MegatuxException>(() => set.RankOf("a1b1")).Problem.Code);
        Assert.True(set.Contains("a1b1"));
        Assert.Equal("a0b0", set.Expand().First());
        NodeSet both = NodeSet.Parse("a[0-899999999999]b[0-9999999],c[0-899999999999]b[0-9999999]");
        Assert.Equal(ErrorCodes.NodeSetTooLarge, Assert.Throws<MegatuxException>(() => both.Count).Problem.Code);
        Assert.Equal(9_000_000_000_000_000_000, NodeSet.Parse("a[0-899999999999]b[0-9999999]").Count);
    }

    [Theory]
    [InlineData("h[0-999999999/2],h[0-999999999/3]")]
    [InlineData("h[0-999999999]!h[0-999999999/3]")]
    [InlineData("h[0-999999999/2]^h[0-999999999/7]")]
    [InlineData("h[0-999999999/1000],h[1-999999999/1001]")]
    public void Interleaved_steps_that_fall_into_too_many_ranges_are_an_error(string text)
    {
        MegatuxException error = Assert.Throws<MegatuxException>(() => NodeSet.Parse(text));
        Assert.Equal(ErrorCodes.NodeSetTooManyPieces, error.Problem.Code);
    }
}
