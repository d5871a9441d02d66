using System.Text;

namespace Megatux.Pushmon.Tests;

public sealed class MergeTests
{
    private const string Everything = """
        (define (sample node s)
          (list
            (list 'stat (stat (get s 'busy 'percent)))
            (list 'memory (stat (get s 'memory 'total)))
            (list 'top (top 7 (get s 'busy 'percent) node))
            (list 'bins (histogram 10 90 9 (get s 'busy 'percent)))
            (list 'few (distinct (get s 'about 'kernel)))
            (list 'many (distinct node))
            (list 'same (group (get s 'about 'kernel)))
            (list 'states (group (get s 'about 'state)))
            (list 'most (get s 'tasks 'total))))
        (define (merge key a b) (max a b))
        """;

    [Fact]
    public void However_samples_are_split_among_nodes_the_result_is_the_same() => Assert.All(Enumerable.Range(0, 40), seed =>
    {
        var random = new Random(seed);
        (string Node, string Sample)[] samples = [.. Enumerable.Range(0, random.Next(1, 300)).Select(i => ($"vm{i % 64}.h{i / 64}", Rounds.Sample(random)))];
        string atOnce = Encoding.UTF8.GetString(Reduce(samples));

        random.Shuffle(samples);

        Assert.Equal(atOnce, Encoding.UTF8.GetString(ReduceInTree(samples, random)));
    });

    [Fact]
    public void A_result_that_is_read_and_written_again_is_the_same()
    {
        var random = new Random(1);
        byte[] result = Reduce([.. Enumerable.Range(0, 200).Select(i => ($"n{i}", Rounds.Sample(random)))]);
        Reducer above = Rounds.Reducer(Everything);

        above.Merge(result);

        Assert.Equal(Encoding.UTF8.GetString(result), above.Result());
        Assert.Equal(default, above.Problems);
    }

    [Fact]
    public void Inexact_sums_agree_but_for_their_last_digits()
    {
        Reducer left = Rounds.Reducer("(define (sample node s) (list (list 'k (stat (inexact (get s 'busy 'percent))))))"), right = new(left.Reduction);
        string[] samples = [.. Enumerable.Range(1, 1000).Select(i => $"((busy 0.{i}))")];
        foreach (string sample in samples)
            left.Say("n", sample);
        foreach (string sample in samples.Reverse())
            right.Say("n", sample);

        Assert.Equal(Numbers(left.Result()), Numbers(right.Result()), (a, b) => Math.Abs(a - b) <= 1e-9 * Math.Abs(a));
        static double[] Numbers(string text) => [.. text.Trim('(', ')').Split(' ').Skip(2).Select(word => double.Parse(word, System.Globalization.CultureInfo.InvariantCulture))];
    }

    [Fact]
    public void A_round_knows_nothing_of_the_one_before()
    {
        Reducer reducer = Rounds.Reducer(Everything);
        reducer.Say("n1", Rounds.Sample(new Random(1)));
        reducer.Merge("nothing"u8);
        reducer.Begin();

        Assert.Equal("()", reducer.Result());
        Assert.Equal(default, reducer.Problems);
    }

    [Fact]
    public void Two_values_that_are_no_aggregates_are_a_problem_where_the_program_does_not_say_how_they_merge()
    {
        Reducer reducer = Rounds.Reducer("(define (sample node s) (list (list 'k 5) (list 'n (stat 1))))");
        reducer.Say("n1", "()");
        reducer.Say("n2", "()");

        Assert.Equal("((k 5) (n (stat 2 2 1 1 2)))", reducer.Result());
        Assert.Equal(1, reducer.Problems.Count);
        Assert.Contains("n2: k: two values that are no aggregates", reducer.Problems.First, StringComparison.Ordinal);
    }

    private static byte[] Reduce((string Node, string Sample)[] samples) => ReduceInTree(samples, random: null);

    private static byte[] ReduceInTree(ReadOnlySpan<(string Node, string Sample)> samples, Random? random)
    {
        Reducer reducer = Rounds.Reducer(Everything);
        while (!samples.IsEmpty)
        {
            int count = random?.Next(1, samples.Length + 1) ?? 1;
            if (count == 1 || count == samples.Length)
                reducer.Say(samples[0].Node, samples[0].Sample);
            else
                reducer.Merge(ReduceInTree(samples[..count], random));
            samples = samples[(count == samples.Length ? 1 : count)..];
        }

        Assert.Equal(default, reducer.Problems);
        return reducer.End();
    }
}
