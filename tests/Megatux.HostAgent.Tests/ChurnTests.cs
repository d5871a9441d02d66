using System.Text.Json;
using Megatux.Agents;
using Megatux.Equations;

namespace Megatux.HostAgent.Tests;

public sealed class ChurnTests
{
    [Fact]
    public void Reboots_are_due_one_by_one_and_a_change_of_rate_counts_at_once()
    {
        var churn = new Churn(new ChurnSetting(604_800, 1), 0, 10);
        Assert.Null(churn.TakeDue(TimeSpan.Zero));
        TimeSpan first = churn.Next!.Value;
        Assert.InRange(churn.TakeDue(first) ?? -1, 0, 9);
        Assert.True(churn.Next > first, "the same again");
        churn.Change(new ChurnSetting(0, 1), TimeSpan.FromSeconds(1));
        Assert.Null(churn.Next);
        Assert.Null(churn.TakeDue(TimeSpan.FromDays(100_000)));
        churn.Change(new ChurnSetting(604_800, 1), TimeSpan.FromHours(1));
        Assert.Equal(first + TimeSpan.FromHours(1), churn.Next);
    }

    [Fact]
    public void Only_the_last_reboots_are_remembered_and_all_are_counted()
    {
        var churn = new Churn(new ChurnSetting(1, 1), 0, 1000);
        for (int guest = 0; guest < 1000; guest++)
            churn.Note(DateTimeOffset.UnixEpoch.AddSeconds(guest), guest);
        Assert.Equal(1000, churn.Count);
        Assert.Equal(Enumerable.Range(1000 - Churn.MostRemembered, Churn.MostRemembered), churn.Last.Select(reboot => reboot.Guest));
    }

    [Fact]
    public void The_report_of_a_thousand_hosts_is_short_and_names_the_last_reboots_of_all()
    {
        byte[][] answers = [.. Enumerable.Range(0, 1000).Select(host =>
        {
            var churn = new Churn(new ChurnSetting(1, 1), host, 4);
            for (int at = 0; at < host; at++)
                churn.Note(DateTimeOffset.UnixEpoch.AddSeconds(at), host % 4);
            return HostChurn.Write($"n{host}", churn);
        })];
        Model.Experiment experiment = new Model.ExperimentDescription { Name = "x", PhysicalHosts = "n[0-999]", VmsPerHost = "4" }.Resolve(EquationCompiler.Instance).Experiment!;
        byte[] json = ExperimentChurn.Write(experiment, new ChurnSetting(0.11m, 3), answers);
        using JsonDocument report = JsonDocument.Parse(json);
        Assert.Equal(999 * 1000 / 2, report.RootElement.GetProperty("count").GetInt64());
        Assert.Equal(10, report.RootElement.GetProperty("hosts").GetArrayLength());
        Assert.Equal("n[0-99]", report.RootElement.GetProperty("hosts")[0].GetProperty("nodes").GetString());
        Assert.Equal(Churn.MostRemembered, report.RootElement.GetProperty("last").GetArrayLength());
        Assert.Equal("vm3.n999", report.RootElement.GetProperty("last")[Churn.MostRemembered - 1].GetProperty("guest").GetString());
        Assert.InRange(json.Length, 1, 4096);
    }
}
