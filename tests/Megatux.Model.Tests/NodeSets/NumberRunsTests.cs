namespace Megatux.Model.Tests;

public sealed class NumberRunsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("0-1", 0, 1)]
    [InlineData("0,2", 0, 2)]
    [InlineData("0-3,7,9-12", 0, 1, 2, 3, 7, 9, 10, 11, 12)]
    [InlineData("5,7-8", 5, 7, 8)]
    [InlineData("2147483646-2147483647", int.MaxValue - 1, int.MaxValue)]
    public void Numbers_that_follow_one_another_are_one_run(string text, params int[] numbers)
    {
        Assert.Equal(text, NumberRuns.Write(numbers));
        Assert.Equal(text.Replace(',', ' '), NumberRuns.Write(numbers, ' '));
    }

    [Fact]
    public void Any_numbers_are_read_back_as_the_node_set_that_they_are()
    {
        var random = new Random(4711);
        for (int round = 0; round < 200; round++)
        {
            int[] numbers = [.. Enumerable.Range(0, 60).Where(_ => random.Next(3) > 0), 100];
            Assert.Equal(numbers.Select(number => $"n{number}"), NodeSet.Parse($"n[{NumberRuns.Write(numbers)}]").Expand());
        }
    }
}
