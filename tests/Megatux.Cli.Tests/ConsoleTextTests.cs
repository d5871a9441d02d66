namespace Megatux.Cli.Tests;

public sealed class ConsoleTextTests
{
    [Theory]
    [InlineData("plain\ttext, ünd more", "plain\ttext, ünd more")]
    [InlineData("\u001b]0;owned\u0007\u009b2J\0\r", "·]0;owned··2J··")]
    [InlineData("", "")]
    public void Nothing_that_a_machine_writes_moves_the_terminal(string line, string shown) => Assert.Equal(shown, ConsoleText.Printable(line));
}
