namespace Megatux.EndToEnd.Tests;

/// <summary>Real daemons of Debian packages that only their ranges get, used by guests of another host.</summary>
[Collection(nameof(LocalBootTests))]
public sealed class InternetMiniTests
{
    [Fact]
    public void Its_five_services_answer_clients_on_another_host()
    {
        using var mini = new ShippedExperiment("internet-mini");
        CommandResult checks = mini.Validate();
        Assert.True(checks.ExitCode == 0, checks.All);
        Assert.All((string[])["dns", "web", "mail", "mailbox", "irc", "bgp"], service => Assert.Matches($"(?m)^{service} .*pass$", checks.Output));
    }
}
