using Megatux.Model;

namespace Megatux.Pushmon.Tests;

/// <summary>Expressions that hold of a node's sample or do not, as reductions.</summary>
public sealed class NodeConditionTests
{
    [Theory]
    [InlineData("#t")]
    [InlineData("(< (get s 'load 'one) 2) ; as a rule")]
    [InlineData("(and (equal? node \"vm0.h1\")\n     (> (get s 'uptime 'seconds) 5))")]
    public void An_expression_becomes_a_reduction(string expression) => Assert.Equal("some", Reduction.Compile("some", NodeCondition.ProgramOf(expression)).Name);

    [Theory]
    [InlineData("", "found 0")]
    [InlineData("#t #f", "found 2")]
    [InlineData("#t 'a 'b))) (define (sample node s) (list", "1:9")]
    [InlineData("(< (get s 'load 'one)", "1:22: the text ends")]
    [InlineData("(and #t\n  (gett s 'load 'one))", "2:4: there is no gett; did you mean get?")]
    [InlineData("(> sample 1)", "there is no sample")]
    public void What_is_none_is_refused_with_its_place(string expression, string reason)
    {
        Problem problem = Assert.Throws<MegatuxException>(() => NodeCondition.ProgramOf(expression)).Problem;
        Assert.Equal(ErrorCodes.ReductionMalformed, problem.Code);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }
}
