namespace Megatux.Cli.Tests;

public sealed class SimulateCommandTests
{
    [Fact]
    public void A_seed_prints_the_same_again_but_for_the_time_that_it_takes()
    {
        string once = MegatuxProgram.Run("simulate", "--hosts", "5", "--guests", "1", "--seed", "4", "--faults", "crashes").Output;
        string again = MegatuxProgram.Run("simulate", "--hosts", "5", "--guests", "1", "--seed", "4", "--faults", "crashes").Output;

        Assert.Equal(WithoutRealTime(once), WithoutRealTime(again));
        Assert.Contains("digest", once, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MTX3901", "--hosts", "5", "--faults", "gremlins")]
    [InlineData("MTX3901", "--hosts", "0")]
    [InlineData("MTX3901", "--hosts", "5", "--seed", "-1")]
    [InlineData("MTX3901")]
    public void What_cannot_be_simulated_is_one_error(string code, params string[] words)
    {
        var result = MegatuxProgram.Run(["simulate", .. words]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(code, result.Error, StringComparison.Ordinal);
    }

    private static string WithoutRealTime(string text) => string.Join('\n', text.Split('\n').Where(line => !line.StartsWith("real time", StringComparison.Ordinal)));
}
