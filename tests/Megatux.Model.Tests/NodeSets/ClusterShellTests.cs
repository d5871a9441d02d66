namespace Megatux.Model.Tests;

/// <summary>ClusterShell is the reference: the same expressions must mean the same.</summary>
public sealed class ClusterShellTests
{
    private const string Mutations = "[],!&^-/0159nx.";

    [Fact]
    public void Names_with_one_number_mean_and_fold_the_same()
    {
        ClusterShell.Require();
        var generator = new ExpressionGenerator(seed: 20110);
        List<string> expressions = [.. Enumerable.Range(0, 6000).Select(_ => generator.OneDimensional())];
        foreach ((string text, Reading theirs) in expressions.Zip(ClusterShell.Read(expressions)))
            Assert.Equal((text, theirs with { Text = ClusterShellDifferences.Join(theirs.Text!) }), (text, ClusterShell.Of(NodeSet.Parse(text))));
    }

    [Theory]
    [InlineData("a[08,10-101]", "a[08,10-99,100-101]", "a[08,10-101]")]
    [InlineData("a5[9-10]", "a[59-510]", "a[59,510]")]
    [InlineData("a0[9-10]", null, "a[09,010]")]
    [InlineData("a[1-5/2]0", null, "a[10,30,50]")]
    [InlineData("a b", "a b", "a,b")]
    [InlineData("a[-5]", "a-5", null)]
    [InlineData("a[4/1]", "a4", null)]
    [InlineData("a[0-00]", "a0", null)]
    [InlineData("a[+1]", "a1", null)]
    [InlineData("a[1_0]", "a10", null)]
    [InlineData("a1234567890123456789", "a1234567890123456789", null)]
    [InlineData("h[1-1000000001]", null, "h[1-1000000001]")]
    public void We_differ_where_we_mean_to(string text, string? theirs, string? ours)
    {
        ClusterShell.Require();
        Assert.Equal(theirs, ClusterShell.Read([text])[0].Text);
        Assert.Equal(ours, NodeSet.TryParse(text, out NodeSet set, out _) ? set.ToString() : null);
    }

    [Fact]
    public void Names_with_several_numbers_mean_the_same()
    {
        ClusterShell.Require();
        var generator = new ExpressionGenerator(seed: 20111);
        List<string> expressions = [.. Enumerable.Range(0, 2500).Select(_ => generator.ManyDimensional())];
        foreach ((string text, Reading theirs) in expressions.Zip(ClusterShell.Read(expressions)))
        {
            Reading ours = ClusterShell.Of(NodeSet.Parse(text));

            // Where one product is all there is, the text and the order are well-defined, too. How several are cut is
            // up to each implementation.
            Assert.True(ours.Text!.Contains("],", StringComparison.Ordinal) || ours.Text.Contains(",v", StringComparison.Ordinal)
                ? (ours.Count, ours.Sorted) == (theirs.Count, theirs.Sorted) : ours == theirs, $"{text}: {ours}, not {theirs}");
        }
    }

    [Fact]
    public void Broken_expressions_fail_the_same_or_mean_the_same()
    {
        ClusterShell.Require();
        var generator = new ExpressionGenerator(seed: 20112);
        List<string> expressions = [.. Enumerable.Range(0, 2500).Select(_ => generator.Broken(Mutations))];
        int failed = 0;
        foreach ((string text, Reading theirs) in expressions.Zip(ClusterShell.Read(expressions)))
        {
            bool isSet = NodeSet.TryParse(text, out NodeSet set, out Problem? problem);
            if (ClusterShellDifferences.Explain(text, problem?.Code) is not null)
                continue;
            Assert.True(isSet == theirs.Text is not null, $"{text}: {problem}; ClusterShell: {theirs.Text}");
            if (isSet)
                Assert.True(ClusterShell.Of(set).Sorted == theirs.Sorted, $"{text}: {set}, not {theirs.Text}");
            else
                failed++;
        }

        Assert.InRange(failed, expressions.Count / 10, expressions.Count);
    }

    [Theory]
    [InlineData("n[1-3,7],n5")]
    [InlineData("n[07-09,010]")]
    [InlineData("a[1-100/7]!a8")]
    [InlineData("vm[0-9].h[2-37,74-145]")]
    [InlineData("b[1-5]^b[3-8]^b9")]
    [InlineData("x[1-9]&x[3-20],y")]
    [InlineData("n[9-11]0-ib")]
    [InlineData("login,n,n1,n-x")]
    public void The_command_prints_the_same(string text)
    {
        ClusterShell.Require();
        NodeSet set = NodeSet.Parse(text);
        Assert.Equal(Command.Run("nodeset", ["-f", text]).Succeeded().Output.Trim(), set.ToString());
        Assert.Equal(Command.Run("nodeset", ["-c", text]).Succeeded().Output.Trim(), $"{set.Count}");
        Assert.Equal(Command.Run("nodeset", ["-e", text]).Succeeded().Output.Trim(), string.Join(' ', set.Expand()));
    }
}
