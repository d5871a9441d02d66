using System.Text.Json;

namespace Megatux.EndToEnd.Tests;

[Collection(nameof(LocalBootTests))]
public sealed class LocalChurnTests(LocalExperiments experiments) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public void Dispose() => experiments.End();

    [Fact]
    public void Guests_reboot_at_the_rate_of_the_project_come_up_again_and_count_as_no_failures_and_the_rate_can_be_changed()
    {
        using var local = new LocalExperiment("container", "<Churn>5/minute</Churn><ChurnSeed>3</ChurnSeed>");
        Assert.Contains("50400", LocalExperiment.Megatux("plan", local.Experiment.ProjectFile).Succeeded().Output, StringComparison.Ordinal);
        local.Boot().Succeeded();

        // As many as that must be of several guests; then none any more, and all come up.
        Await(local, status => status.GetProperty("churned").GetInt64() >= 8);
        string stopped = Churn(local, "--rate", "0").Succeeded().Output;
        Assert.Contains("No guest reboots by itself.", stopped, StringComparison.Ordinal);
        Await(local, status => status.GetProperty("guests").TryGetProperty("up", out JsonElement up) && up.GetString() == "vm[0-2].h[7-8]");

        using JsonDocument report = JsonDocument.Parse(Churn(local, "--json").Succeeded().Output);
        long count = report.RootElement.GetProperty("count").GetInt64();
        string[] last = [.. report.RootElement.GetProperty("last").EnumerateArray().Select(one => one.GetProperty("guest").GetString()!)];
        Assert.True(count >= 8, $"{count}");
        Assert.Equal(Math.Min(count, 32), last.Length);
        Assert.True(last.Distinct().Count() > 1, string.Join(' ', last));
        Assert.Equal(3, report.RootElement.GetProperty("seed").GetInt32());
        using (JsonDocument status = JsonDocument.Parse(local.Status()))
        {
            Assert.Equal(count, status.RootElement.GetProperty("churned").GetInt64());
            Assert.Equal(0, status.RootElement.GetProperty("failures").GetInt64());
        }

        Assert.Contains($"{count} rebooted by churn", local.Ask("status").Succeeded().Output, StringComparison.Ordinal);

        // A guest that was rebooted is another than before, and a rate and seed that are set are told to a host that starts again.
        local.In(last[0], "touch /tmp/life").Succeeded();
        Churn(local, "--rate", "20/minute", "--seed", "4").Succeeded();
        Await(local, _ => local.In(last[0], "test ! -e /tmp/life").ExitCode == 0);
        local.Ask("reboot", "h7").Succeeded();
        Await(local, status => status.GetProperty("hosts").TryGetProperty("up", out JsonElement up) && up.GetString() == "h[7-8]");
        Await(local, _ =>
        {
            using JsonDocument now = JsonDocument.Parse(Churn(local, "--json").Succeeded().Output);
            return now.RootElement.GetProperty("last").EnumerateArray().Any(one => one.GetProperty("guest").GetString()!.EndsWith(".h7", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void A_rate_or_seed_that_is_none_is_refused()
    {
        LocalExperiment local = experiments.Of("container");
        local.Boot("--no-wait").Succeeded();
        foreach (string option in (string[])["--rate=much", "--rate=-1", "--rate=2/second", "--seed=-1"])
        {
            CommandResult refused = Churn(local, option);
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains("MTX3508", refused.Error, StringComparison.Ordinal);
        }
    }

    private static CommandResult Churn(LocalExperiment local, params string[] options) =>
        LocalExperiment.Megatux(["churn", Path.GetFileName(local.RunFolder), .. options]);

    private static void Await(LocalExperiment local, Func<JsonElement, bool> condition)
    {
        Assert.True(SpinWait.SpinUntil(() =>
        {
            Thread.Sleep(200);
            using JsonDocument status = JsonDocument.Parse(local.Status());
            return condition(status.RootElement);
        }, Patience), $"not so after {Patience.TotalSeconds} s: {local.Status()}");
    }
}
