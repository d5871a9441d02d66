using System.Text;

namespace Megatux.Pushmon.Tests;

public sealed class GarbageTests
{
    private const string Program = """
        (define (sample node s)
          (list (list 'load (stat (get s 'load 'one))) (list 'hot (top 3 (get s 'busy 'percent) node)) (list 'bins (histogram 0 100 4 (get s 'busy 'percent)))
                (list 'kinds (distinct (get s 'about 'state))) (list 'same (group (get s 'about 'kernel)))))
        """;

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("(")]
    [InlineData("((load))")]
    [InlineData("((\"load\" (stat 1 1 1 1 1)))")]
    [InlineData("((load (stat 0 1 1 1 1)))")]
    [InlineData("((load (stat -1 1 1 1 1)))")]
    [InlineData("((load (stat 99999999999999999999 1 1 1 1)))")]
    [InlineData("((load (stat 1 +nan.0 1 1 1)))")]
    [InlineData("((load (stat 1 x 1 1 1)))")]
    [InlineData("((load (top 3)))")]
    [InlineData("((hot (top 101)))")]
    [InlineData("((hot (top 1 (1 \"a\") (2 \"b\"))))")]
    [InlineData("((hot (top 2 (1 a))))")]
    [InlineData("((bins (histogram 0 100 0 0)))")]
    [InlineData("((bins (histogram 0 100 0 0 1 1 1)))")]
    [InlineData("((bins (histogram 0 100 0 0 1 1 1 -1)))")]
    [InlineData("((kinds (distinct 1 \"123\")))")]
    [InlineData("((kinds (distinct 1 \"zzzzzzzzzzzzzzzz\")))")]
    [InlineData("((same (group)))")]
    [InlineData("((same (group (a \"n[1-\") (others 0))))")]
    [InlineData("((same (group (a -5) (others 0))))")]
    [InlineData("((same (group (a \"n[0-999999999999999999]\") (others 0))))")]
    public void What_is_no_result_is_counted_and_changes_nothing(string garbage)
    {
        Reducer reducer = Rounds.Reducer(Program);
        reducer.Say("n1", Rounds.Sample(new Random(1)));
        string before = reducer.Result();

        reducer.Merge(Encoding.UTF8.GetBytes(garbage));

        Assert.Equal(before, reducer.Result());
        Assert.Equal(1, reducer.Problems.Count);
        Assert.NotNull(reducer.Problems.First);
    }

    [Fact]
    public void Whatever_bytes_come_from_below_the_reducer_goes_on() => Assert.All(Enumerable.Range(0, 2000), seed =>
    {
        var random = new Random(seed);
        Reducer reducer = Rounds.Reducer(Program);
        for (int i = 0; i < 5; i++)
            reducer.Say($"n{i}", Rounds.Sample(random));
        byte[] result = reducer.End();
        byte[] sample = Encoding.UTF8.GetBytes(Rounds.Sample(random));
        foreach (byte[] bytes in (byte[][])[result, sample])
            for (int i = random.Next(1, 6); i > 0; i--)
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"()\"';. 0-9#abx"[random.Next(14)];

        reducer.Merge(result);
        reducer.Add("n9", Rounds.Schema, sample);

        // What it makes of it can be read by those above.
        Reducer above = Rounds.Reducer(Program);
        above.Merge(reducer.End());
        Assert.Equal(default, above.Problems);
    });

    [Fact]
    public void Counts_that_no_one_can_have_stay_at_the_greatest()
    {
        Reducer reducer = Rounds.Reducer(Program);
        for (int i = 0; i < 3; i++)
            reducer.Merge("((load (stat 9223372036854775807 1 1 1 1)) (bins (histogram 0 1 9223372036854775807 0 9223372036854775807)))"u8);

        Assert.Equal("((bins (histogram 0 1 9223372036854775807 0 9223372036854775807)) (load (stat 9223372036854775807 3 1 1 3)))", reducer.Result());
    }
}
