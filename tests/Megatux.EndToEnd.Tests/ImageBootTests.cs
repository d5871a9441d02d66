using System.Diagnostics;

namespace Megatux.EndToEnd.Tests;

/// <summary><c>megatux image boot</c>, run as a person runs it. Each boot also proves that it leaves nothing behind.</summary>
public sealed class ImageBootTests(Laptop laptop) : IClassFixture<Laptop>
{
    /// <summary>Has the kernel start something that never comes up.</summary>
    private const string Stays = "rdinit=/stays";

    [Theory]
    [InlineData("vm0.laptop0", "uml, 40 MiB")]
    [InlineData("10.0.1.51", "uml, 40 MiB", "vm49.laptop1")]
    [InlineData("laptop0", "qemu, 512 MiB")]
    public void A_node_of_laptop_comes_up(string asked, string machine, string? node = null)
    {
        CommandResult result = laptop.Boot(asked);
        Assert.True(result.ExitCode == 0, result.All);
        Assert.Matches($@"^{node ?? asked} is up after \d+\.\d s \({machine}\)\.\n$", result.Output);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void Without_a_node_the_first_guest_boots_and_the_console_shows_what_only_it_gets()
    {
        CommandResult result = laptop.Boot("--console", "--kernel-args", "one=1 two=2").Succeeded();
        Assert.Contains("vm0.laptop0 is up after", result.Output, StringComparison.Ordinal);
        Assert.Contains("Penguins march in step.", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vm0.laptop0")]
    [InlineData("laptop0")]
    public void A_panic_is_told_with_the_consoles_last_lines(string node)
    {
        CommandResult result = laptop.BootOther(laptop.Broken, [node]);
        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith("The console's last lines:\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("\n  this is the end", result.Error, StringComparison.Ordinal);
        Assert.Contains($"error MTX3107: {node} (", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("its kernel panicked: Attempted to kill init! exitcode=0x00000300\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vm0.laptop0")]
    [InlineData("laptop0")]
    public void A_node_that_does_not_come_up_in_time_is_ended(string node)
    {
        CommandResult result = laptop.BootOther(laptop.Broken, [node, "--timeout", "1.5", "--kernel-args", Stays]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"error MTX3108: {node} (", result.Error, StringComparison.Ordinal);
        Assert.Contains("did not come up in 1.5 s", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_ends_too_early_is_told()
    {
        CommandResult result = laptop.BootOther(laptop.Broken, ["vm0.laptop0", "--kernel-args", "rdinit=/leaves"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("error MTX3109: vm0.laptop0 (uml, 40 MiB) ended, with exit code 0, before", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT", "vm0.laptop0", true)]
    [InlineData("TERM", "vm0.laptop0", true)]
    [InlineData("HUP", "laptop0", true)]
    [InlineData("KILL", "vm0.laptop0", false)]
    public async Task The_machine_ends_with_the_command(string signal, string node, bool cleansUp)
    {
        using Process command = laptop.StartBoot(laptop.Broken, node, "--kernel-args", Stays);
        laptop.AwaitMachine(command);
        Command.Run("kill", [$"-{signal}", $"{command.Id}"]).Succeeded();
        using var late = new CancellationTokenSource(Command.Deadline);
        await command.WaitForExitAsync(late.Token);
        Assert.NotEqual(0, command.ExitCode);
        // Nothing can be done on SIGKILL about files; the processes end all the same.
        laptop.AssertNothingIsLeft(files: cleansUp);
    }

    [Fact]
    public async Task The_machine_ends_when_nobody_reads_its_console_any_more()
    {
        using Process command = laptop.StartBoot(laptop.Broken, "laptop0", "--console", "--kernel-args", $"loglevel=7 {Stays}");
        await command.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        command.StandardOutput.Close();
        using var late = new CancellationTokenSource(Command.Deadline);
        await command.WaitForExitAsync(late.Token);
        Assert.NotEqual(0, command.ExitCode);
        laptop.AssertNothingIsLeft();
    }
}
