namespace Megatux.Pushmon.Tests;

public sealed class AggregateTests
{
    private static string Body(string value) => $"(define (sample node s) (list (list 'k {value})))";

    [Theory]
    [InlineData("(stat (get s 'busy 'percent))", "(stat 3 7.5 0.25 5 30.125)")]
    [InlineData("(stat (get s 'busy 'steal))", "")]
    [InlineData("(top 2 (get s 'busy 'percent) node)", "(top 2 (5 \"n1\") (2.25 \"n0\"))")]
    [InlineData("(top 2 1 (string-append \"of \" node))", "(top 2 (1 \"of n0\") (1 \"of n1\"))")]
    [InlineData("(histogram 0 3 3 (get s 'busy 'percent))", "(histogram 0 3 0 1 1 0 1)")]
    [InlineData("(histogram 1 2.5 2 (get s 'busy 'percent))", "(histogram 1 2.5 1 1 0 1)")]
    [InlineData("(group (get s 'about 'kernel))", "(group (\"a b\" \"n0\") (linux \"n[1-2]\") (others 0))")]
    [InlineData("(group (get s 'user 'color))", "(group (\"red\" \"n2\") (red \"n0\") (others 0))")]
    [InlineData("(group (get s 'busy 'percent))", "(group (0.25 \"n2\") (2.25 \"n0\") (5.00 \"n1\") (others 0))")]
    [InlineData("(distinct (get s 'about 'kernel))", "(distinct 2 \"8b705730e84c4e5ac89ec700cab90ae9\")")]
    [InlineData("(and (> (get s 'busy 'percent) 1) (stat 1))", "(stat 2 2 1 1 2)")]
    public void Samples_of_three_nodes_become_one_value(string value, string expected) =>
        Assert.Equal(expected.Length == 0 ? "()" : $"((k {expected}))", Rounds.Of(Body(value),
            "((busy 2.25) (about \"a b\" x) (user (color red)))", "((busy 5.00) (about linux x) (user))", "((busy 0.25) (about linux x) (user (color \"red\")))"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    public void Up_to_a_hundred_different_values_are_counted_exactly(int values) => Assert.Equal(values, Distinct(values).Estimate);

    [Theory]
    [InlineData(101)]
    [InlineData(1000)]
    [InlineData(3000)]
    [InlineData(5000)]
    [InlineData(100_000)]
    public void More_different_values_are_estimated_within_a_tenth(int values) => Assert.InRange(Distinct(values).Estimate, values * 0.9, values * 1.1);

    [Fact]
    public void Sums_stay_exact_where_64_bits_are_not_enough()
    {
        const string Big = "((traffic 3000000000000000000 0.000000001))";

        Assert.Equal("((rx (stat 3 9000000000000000000 3000000000000000000 3000000000000000000 27000000000000000000000000000000000000)) " +
            "(tx (stat 3 0.000000003 0.000000001 0.000000001 0.000000000000000003)))",
            Rounds.Of("(define (sample node s) (list (list 'rx (stat (get s 'traffic 'rx))) (list 'tx (stat (get s 'traffic 'tx)))))", Big, Big, Big));
    }

    [Fact]
    public void Sums_that_do_not_fit_become_inexact()
    {
        string[] parts = Rounds.Of(Body("(stat (* 1.0 (get s 'traffic 'rx)))"), [.. Enumerable.Repeat("((traffic 4600000000000000000 1))", 100)]).Split(' ');

        Assert.Equal("100", parts[2]);
        Assert.Equal(4.6e20, double.Parse(parts[3], System.Globalization.CultureInfo.InvariantCulture), 1e10);
        Assert.Equal(2.116e39, double.Parse(parts[6].TrimEnd(')'), System.Globalization.CultureInfo.InvariantCulture), 1e29);
    }

    private static DistinctAggregate Distinct(int values)
    {
        var distinct = new DistinctAggregate();
        for (int i = 0; i < values; i++)
            for (int again = 0; again < 2; again++)
                distinct.Add(System.Text.Encoding.ASCII.GetBytes($"value{i}"));
        return distinct;
    }
}
