using Megatux.Model;

namespace Megatux.Cli.Tests;

public sealed class NodesCommandTests
{
    [Theory]
    [InlineData("fold h1 h2 h[7-9]!h8", "h[1-2,7,9]")]
    [InlineData("fold h[1-9]!h2 h2", "h[1-9]")]
    [InlineData("fold h[1-9/2]", "h[1,3,5,7,9]")]
    [InlineData("fold --steps h[1-9/2]", "h[1-9/2]")]
    [InlineData("fold -5", "-5")]
    [InlineData("fold a&b", "")]
    [InlineData("count vm[0-1023].h[1-985]", "1008640")]
    [InlineData("count h[1-1000000000] h5", "1000000000")]
    [InlineData("expand h[1-3]!h2 a", "a h1 h3")]
    [InlineData("expand --separator , h[08-10]", "h08,h09,h10")]
    [InlineData("expand -S \\n h[1-2]", "h1\nh2")]
    [InlineData("expand a&b", "")]
    [InlineData("rank h[5,10-99] h10 h5", "1\n0")]
    [InlineData("unrank h[5,10-99] 0 2-3", "h5\nh11\nh12")]
    [InlineData("unrank h[1-1000000000] 999999999,0-20/10", "h1\nh11\nh21\nh1000000000")]
    public void The_result_goes_to_standard_output(string arguments, string output)
    {
        CommandResult result = MegatuxProgram.Run(["nodes", .. arguments.Split(' ')]);
        Assert.Equal(output + "\n", result.Output);
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [InlineData(0, "h[1-9]", "h3")]
    [InlineData(0, "h[1-9]", "h[3-4]", "h9")]
    [InlineData(1, "h[1-9]", "h[3-10]")]
    [InlineData(1, "h[1-9]", "h03", "h1")]
    public void Whether_nodes_are_contained_is_told_by_the_exit_code(int exitCode, params string[] arguments)
    {
        CommandResult result = MegatuxProgram.Run(["nodes", "contains", .. arguments]);
        Assert.Equal((exitCode, ""), (result.ExitCode, result.All));
    }

    [Theory]
    [InlineData("fold n[4-3/2]", ErrorCodes.NodeSetBackwardsRange)]
    [InlineData("fold @group", ErrorCodes.NodeSetGroup)]
    [InlineData("count h1 ,,", ErrorCodes.NodeSetMissingOperand)]
    [InlineData("expand h[", ErrorCodes.NodeSetUnbalancedBracket)]
    [InlineData("contains h[1-9] h[]", ErrorCodes.NodeSetEmptyRange)]
    [InlineData("rank h[1-9] h10", ErrorCodes.NodeSetNoSuchNode)]
    [InlineData("rank h[1-9] h[1-2]", ErrorCodes.NodeSetNoSuchNode)]
    [InlineData("unrank h[1-9] 9", ErrorCodes.NodeSetNoSuchRank)]
    [InlineData("unrank h[1-9] x", ErrorCodes.NodeSetBadNumber)]
    [InlineData("unrank h[1-9] 1]x[2", ErrorCodes.NodeSetBadNumber)]
    [InlineData("count a[0-999999999999]b[0-99999999]", ErrorCodes.NodeSetTooLarge)]
    public void An_error_is_one_line_with_its_code_on_standard_error(string arguments, string code)
    {
        CommandResult result = MegatuxProgram.Run(["nodes", .. arguments.Split(' ')]);
        Assert.Equal(CommandRunner.Failed, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.StartsWith($"error {code}: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(result.Error.Length - 1, result.Error.IndexOf('\n', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("expand")]
    [InlineData("fold")]
    [InlineData("count")]
    [InlineData("rank")]
    [InlineData("unrank")]
    [InlineData("contains")]
    public void Help_shows_an_example(string command)
    {
        CommandResult result = MegatuxProgram.Run([.. $"nodes {command} --help".Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Example: megatux nodes ", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("printf 'a[1-3] b1 # x\\nc\\n' | $MEGATUX nodes fold - d", "a[1-3],b1,c,d")]
    [InlineData("printf 'h2 h1' | $MEGATUX nodes count -", "2")]
    [InlineData("$MEGATUX nodes fold - </dev/null", "")]
    [InlineData("echo 'h[1-9]' | $MEGATUX nodes rank - h3", "2")]
    public void A_dash_reads_standard_input(string script, string output) =>
        Assert.Equal(output + "\n", MegatuxProgram.Shell(script).Succeeded().Output);

    [Fact]
    public void An_error_on_standard_input_names_the_line()
    {
        CommandResult result = MegatuxProgram.Shell("printf 'a\\nb[\\n' | $MEGATUX nodes fold -");
        Assert.Equal(CommandRunner.Failed, result.ExitCode);
        Assert.StartsWith($"standard input(2): error {ErrorCodes.NodeSetUnbalancedBracket}: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_goes_away_ends_a_long_list()
    {
        // All of the list would take longer than the deadline of the test's commands.
        CommandResult result = MegatuxProgram.Shell("$MEGATUX nodes expand -S '\\n' 'vm[0-999999].h[0-999999]' | head -n 2");
        Assert.Equal(("vm0.h0\nvm0.h1\n", ""), (result.Succeeded().Output, result.Error));
        Assert.Equal("", MegatuxProgram.Shell("{ $MEGATUX simulate --help; $MEGATUX --help; } | head -n 1").Error);
    }
}
