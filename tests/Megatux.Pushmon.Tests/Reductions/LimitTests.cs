using System.Text;
using Megatux.Sexp;

namespace Megatux.Pushmon.Tests;

public sealed class LimitTests
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(2);

    [Fact]
    public Task Programs_without_end_cost_a_rounds_budget_and_are_reported_with_their_place() => Task.Run(() =>
    {
        const int Nodes = 10_000;
        Reducer reducer = Rounds.Reducer("(define (forever n)\n  (forever (+ n 1)))\n(define (sample node s) (forever 0))");
        for (int i = 0; i < Nodes; i++)
            reducer.Say($"n{i}", "()");

        Assert.Equal("()", reducer.Result());
        Assert.Equal(Nodes, reducer.Problems.Count);
        Assert.Equal($"n0: 2:12: the program took more than {Reducer.SampleSteps} steps", reducer.Problems.First);
        reducer.Begin();
        reducer.Say("n0", "()");
        Assert.Equal(1, reducer.Problems.Count);
    }, TestContext.Current.CancellationToken).WaitAsync(Most, TestContext.Current.CancellationToken);

    [Fact]
    public void What_is_not_finite_is_left_out_and_counted()
    {
        Reducer reducer = Rounds.Reducer("(define (sample node s) (list (list 'k (stat (get s 'busy 'percent))) (list 't (top 3 (get s 'busy 'percent) node))))");
        foreach (string number in (string[])["1", "+nan.0", "+inf.0", "-inf.0"])
            reducer.Say("n", $"((busy {number}))");

        Assert.Equal("((k (stat 1 1 1 1 1)) (t (top 3 (1 \"n\"))))", reducer.Result());
        Assert.Equal(6, reducer.Problems.Count);
    }

    [Fact]
    public void More_than_64_keys_are_not_kept()
    {
        Reducer reducer = Rounds.Reducer("(define (sample node s) (map (lambda (i) (list (string->symbol (string-append \"k\" (number->string i))) (stat 1))) (iota 70)))");
        reducer.Say("n", "()");

        Assert.Equal(64, Datum.Parse(reducer.Result()).Items.Length);
        Assert.Equal("more than 64 keys", reducer.Problems.First);
        Assert.Equal(6, reducer.Problems.Count);
    }

    [Fact]
    public void Of_more_than_64_values_the_first_as_text_keep_their_members_and_the_others_are_counted()
    {
        Reducer reducer = Rounds.Reducer("(define (sample node s) (list (list 'k (group (get s 'user 'v)))))");
        for (int i = 999; i >= 0; i--)
            reducer.Say($"n{i}", $"((user (v a{i % 100:000})))");

        ReadOnlySpan<Datum> groups = Datum.Parse(reducer.Result()).Items[0].Items[1].Items[1..];
        Assert.Equal(65, groups.Length);
        Assert.Equal("(a000 \"n[0,100,200,300,400,500,600,700,800,900]\")", groups[0].ToString().Replace("0-900/100", "0,100,200,300,400,500,600,700,800,900", StringComparison.Ordinal));
        Assert.Equal("(others 360)", groups[64].ToString());
        Assert.Equal(default, reducer.Problems);
    }

    [Fact]
    public void Members_in_thousands_of_pieces_become_a_count()
    {
        var random = new Random(3);
        Reducer reducer = Rounds.Reducer("(define (sample node s) (list (list 'k (group (get s 'user 'v)))))");
        int[] nodes = [.. Enumerable.Range(0, 20_000).Where(_ => random.Next(2) == 0)];
        foreach (int node in nodes)
            reducer.Say($"n{node}", "((user (v x)))");

        byte[] result = reducer.End();
        Assert.Equal($"((k (group (x {nodes.Length}) (others 0))))", Encoding.UTF8.GetString(result));
        reducer.Merge(result);
        Assert.Equal($"((k (group (x {2 * nodes.Length}) (others 0))))", reducer.Result());
    }

    [Theory]
    [InlineData("(top 101 1 node)", "an integer from 1 to 100")]
    [InlineData("(top 0 1 node)", "an integer from 1 to 100")]
    [InlineData("(histogram 0 1 257 1)", "1 to 256 bins")]
    [InlineData("(histogram 1 1 2 1)", "a greater one")]
    [InlineData("(stat 'x)", "stat expects a number, found a symbol, x")]
    [InlineData("(top 5 1 (apply string-append (map (lambda (i) \"aaaa\") (iota 65))))", "a string of at most 256 bytes")]
    [InlineData("(group (apply string-append (map (lambda (i) \"aaaa\") (iota 65))))", "a value is longer than 256 bytes")]
    [InlineData("(iota 2000)", "expected a datum of at most 4096 bytes")]
    [InlineData("'(stat 1 2)", "expected (stat COUNT SUM MIN MAX SUMSQ)")]
    [InlineData("(lambda (x) x)", "a function cannot be written")]
    public void What_does_not_fit_is_reported_and_nothing_else_suffers(string value, string message)
    {
        Reducer reducer = Rounds.Reducer($"(define (sample node s) (if (string=? node \"bad\") (list (list 'k {value})) (list (list 'n (stat 1)))))");
        reducer.Say("good", "()");
        reducer.Say("bad", "()");
        reducer.Say("good", "()");

        Assert.Equal("((n (stat 2 2 1 1 2)))", reducer.Result());
        Assert.Equal(1, reducer.Problems.Count);
        Assert.Contains("bad: ", reducer.Problems.First, StringComparison.Ordinal);
        Assert.Contains(message, reducer.Problems.First, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_has_at_most_256_KiB()
    {
        Reducer reducer = Rounds.Reducer("(define (sample node s) (map (lambda (k) (list (string->symbol (string-append \"k\" k)) (group (string-append node k)))) '(\"a\" \"b\" \"c\")))");
        string name = new('x', 200);
        for (int i = 0; i < 64; i++)
            reducer.Merge(Encoding.UTF8.GetBytes(string.Concat("(", string.Join(' ', Enumerable.Range(0, 8).Select(key =>
                $"(key{key} (group (v{i:00} \"{string.Join(',', Enumerable.Range(0, 15).Select(part => $"{name}{(char)('a' + part)}{i}"))}\") (others 0)))")), ")")));

        Assert.InRange(reducer.End().Length, Reducer.MostResultBytes / 2, Reducer.MostResultBytes);
        Assert.Contains("the result would be longer", reducer.Problems.First, StringComparison.Ordinal);
    }
}
