using System.Text.Json;

namespace Megatux.EndToEnd.Tests;

[Collection(nameof(LocalBootTests))]
public sealed class LocalFailureTests
{
    [Fact]
    public void A_host_that_cannot_tell_who_it_is_counts_as_failed_and_boot_says_why()
    {
        using var local = new LocalExperiment("container");

        // The front-end hands out addresses by this manifest; the hosts know themselves by the one in their image.
        string manifest = local.Experiment["bin/experiment.json"];
        const string first = "\"firstHostAddress\": \"172.31.0.";
        string text = File.ReadAllText(manifest);
        Assert.Contains($"{first}1\"", text, StringComparison.Ordinal);
        File.WriteAllText(manifest, text.Replace($"{first}1\"", $"{first}101\"", StringComparison.Ordinal));

        CommandResult booted = LocalExperiment.Megatux("boot", manifest, "--timeout", "8");
        Assert.Equal(1, booted.ExitCode);
        Assert.Contains("h7: No host of", booted.Output, StringComparison.Ordinal);
        Assert.Contains("has the address 172.31.0.101", booted.Output, StringComparison.Ordinal);
        Assert.Contains("8 of 8 nodes are not up", booted.Error, StringComparison.Ordinal);

        using JsonDocument status = JsonDocument.Parse(local.Status());
        Assert.False(status.RootElement.GetProperty("hosts").TryGetProperty("up", out _), "a host is up");
        Assert.Equal(2, status.RootElement.GetProperty("reasons").GetArrayLength());
        Assert.Contains("No host of", local.Ask("log", "h7").Succeeded().Output, StringComparison.Ordinal);
    }
}
