namespace Megatux.Linux.Tests;

public sealed class KernelFactTests
{
    [Theory]
    [InlineData("MemTotal:       24683520 kB", 24683520L)]
    [InlineData("MemTotal: 0 kB", 0L)]
    [InlineData("MemTotalOfOthers: 5 kB", null)]
    [InlineData("SwapMemTotal: 5 kB", null)]
    [InlineData("", null)]
    public void An_amount_is_read_from_the_line_of_its_name_alone(string line, long? amount) =>
        Assert.Equal(amount, KernelFact.TryReadKibibytes(line, "MemTotal:"));

    [Theory]
    [InlineData("MemTotal:")]
    [InlineData("MemTotal: kB")]
    [InlineData("MemTotal: 5 MB")]
    [InlineData("MemTotal: -5 kB")]
    [InlineData("MemTotal: 99999999999999999999 kB")]
    public void A_line_that_says_no_amount_is_told(string line) =>
        Assert.Contains(line, Assert.Throws<FormatException>(() => KernelFact.TryReadKibibytes(line, "MemTotal:")).Message, StringComparison.Ordinal);
}
