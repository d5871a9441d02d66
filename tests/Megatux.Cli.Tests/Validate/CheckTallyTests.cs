using System.Globalization;
using Megatux.Model;

namespace Megatux.Cli.Tests;

/// <summary>On which nodes a check holds, and why not on others.</summary>
public sealed class CheckTallyTests
{
    [Fact]
    public void Each_node_counts_by_what_was_said_of_it_last()
    {
        CheckTally tally = Of("n[1-9]");
        tally.Fail(Set("n[1-9]"), "not up");
        tally.Fail(Set("n[2-3]"), "exit code 1");
        tally.Pass(Set("n[4-9]"));
        Assert.Equal([("n1", "not up"), ("n[2-3]", "exit code 1")], Failures(tally));
        Assert.False(tally.Holds);
        tally.Pass(Set("n[1-3]"));
        Assert.True(tally.Holds);
        Assert.Empty(tally.Failures);
        tally.Fail(Set("n5"), "later");
        Assert.Equal([("n5", "later")], Failures(tally));
    }

    [Fact]
    public void Nodes_of_which_nothing_is_known_fail_for_that()
    {
        CheckTally tally = Of("n[1-3]");
        tally.Pass(Set("n2,stranger"));
        Assert.Equal([("n[1,3]", "no answer")], Failures(tally));
        Assert.Equal(1, tally.Passed.Count);
    }

    [Fact]
    public void Whatever_nodes_say_the_reasons_are_few_short_and_harmless()
    {
        CheckTally tally = Of("n[1-1000]");
        for (int node = 1; node <= 1000; node++)
            tally.Fail(Set(string.Create(CultureInfo.InvariantCulture, $"n{node}")), string.Create(CultureInfo.InvariantCulture, $"\u001b[2J{node}{new string('x', 5000)}"));
        Assert.InRange(tally.Failures.Count, 2, CheckTally.MostReasons + 1);
        Assert.Equal(1000, tally.Failures.Sum(group => group.Nodes.Count));
        Assert.All(tally.Failures, group => Assert.InRange(group.Reason.Length, 1, 600));
        Assert.All(tally.Failures, group => Assert.DoesNotContain('\u001b', group.Reason));
    }

    [Fact]
    public void A_count_that_is_exceeded_is_not_waited_for()
    {
        CheckTally tally = new(Set("n[1-3]"), NodeQuota.Exactly(1));
        tally.Pass(Set("n1"));
        Assert.True(tally.Holds);
        tally.Pass(Set("n2"));
        Assert.True(tally is { Holds: false, IsExceeded: true });
    }

    private static CheckTally Of(string nodes) => new(Set(nodes), NodeQuota.All);

    private static NodeSet Set(string nodes) => NodeSet.Parse(nodes);

    private static IEnumerable<(string, string)> Failures(CheckTally tally) => tally.Failures.Select(group => (group.Nodes.ToString(), group.Reason));
}
