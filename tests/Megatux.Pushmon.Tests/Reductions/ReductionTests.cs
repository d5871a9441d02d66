using Megatux.Model;
using Megatux.Sexp;

namespace Megatux.Pushmon.Tests;

public sealed class ReductionTests
{
    [Theory]
    [InlineData(ErrorCodes.ReductionMalformed, "", "expected a definition (define (sample node s) ...)")]
    [InlineData(ErrorCodes.ReductionMalformed, "(define (sample node s)\n  (list (list 'k (stat))))", "2:18: stat takes 1 argument")]
    [InlineData(ErrorCodes.ReductionMalformed, "(define (sample node) '())", "1:9: expected (node s) as the parameters of sample")]
    [InlineData(ErrorCodes.ReductionMalformed, "(define (sample node s) '()) (define (merge a b) a)", "expected (key a b) as the parameters of merge")]
    [InlineData(ErrorCodes.ReductionMalformed, "(define (sample node s) (foo))", "there is no foo")]
    [InlineData(ErrorCodes.ReductionMalformed, "(define (sample node s)", "the text ends inside of 1 list")]
    public void A_text_that_is_no_reduction_is_refused_with_its_place(string code, string text, string message)
    {
        MegatuxException refused = Assert.Throws<MegatuxException>(() => Reduction.Compile("mine", text));

        Assert.Equal(code, refused.Problem.Code);
        Assert.Contains("mine", refused.Message, StringComparison.Ordinal);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("9lives")]
    [InlineData("a b")]
    [InlineData("a)")]
    public void A_name_that_could_not_be_written_is_refused(string name) =>
        Assert.Equal(ErrorCodes.ReductionBadName, Assert.Throws<MegatuxException>(() => Reduction.Compile(name, Reduction.Nodes.Text)).Problem.Code);

    [Fact]
    public void A_text_of_more_than_64_KiB_is_refused() => Assert.Equal(ErrorCodes.ReductionTooLong, Assert.Throws<MegatuxException>(
        () => Reduction.Compile("long", Reduction.Nodes.Text + new string(' ', Reduction.MostTextBytes))).Problem.Code);

    [Fact]
    public void The_built_in_reduction_says_how_loaded_nodes_are()
    {
        var reducer = new Reducer(Reduction.Nodes);
        reducer.Say("vm0.h1", "((uptime 12.31) (load 0.50 0.01 0.05) (cpu 12 0 3 4000 0 0 0 0) (busy 3.2) (memory 40000 30000 31000 10 20) (net 1 2 0 3 4 0) (traffic 10.5 3.2) (tasks 1 12))");
        reducer.Say("vm1.h1", "((uptime 1) (load 1.00 0.01 0.05) (cpu 12 0 3 4000 0 0 0 0) (busy 99) (memory 40000 30000 30000 10 20) (net 1 2 0 3 4 0) (traffic 0 0) (tasks 1 10))");

        Assert.Equal("((busiest (top 10 (99 \"vm1.h1\") (3.2 \"vm0.h1\"))) (busy (stat 2 102.2 3.2 99 9811.24)) " +
            "(busy-histogram (histogram 0 100 0 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1)) (load (stat 2 1.5 0.5 1 1.25)) " +
            "(memory (stat 2 19000 9000 10000 181000000)) (memory-total (stat 2 80000 40000 40000 3200000000)) " +
            "(rx (stat 2 10.5 0 10.5 110.25)) (tasks (stat 2 22 10 12 244)) (tx (stat 2 3.2 0 3.2 10.24)) (uptime (stat 2 13.31 1 12.31 152.5361)))", reducer.Result());
        Assert.Equal(default, reducer.Problems);
        Assert.NotNull(Reduction.Nodes.Direct);
    }

    [Fact]
    public void A_node_that_does_not_say_something_is_not_counted_under_it()
    {
        var reducer = new Reducer(Reduction.Nodes);
        reducer.Say("n1", "((uptime 5))");
        reducer.Add("n2", schema: null, Datum.Parse("((uptime 5))"));

        Assert.Equal("((uptime (stat 1 5 5 5 25)))", reducer.Result());
        Assert.Equal(default, reducer.Problems);
    }
}
