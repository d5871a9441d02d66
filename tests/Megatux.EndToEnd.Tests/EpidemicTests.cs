using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;

namespace Megatux.EndToEnd.Tests;

/// <summary>A mark that spreads among real guests.</summary>
[Collection(nameof(LocalBootTests))]
public sealed class EpidemicTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public void Among_500_guests_it_goes_as_theory_has_it()
    {
        using var epidemic = new ShippedExperiment("epidemic");
        string[] reports = WatchOne(epidemic);
        File.WriteAllLines(epidemic["marked.json"], reports);
        CommandResult plot = Command.Run("dotnet", [typeof(Epidemic.SiModel).Assembly.Location, epidemic["marked.json"], epidemic["marked.svg"]]);
        Assert.True(plot.ExitCode == 0, plot.All);
        TestContext.Current.SendDiagnosticMessage(plot.Output.Trim());
        Assert.Equal("svg", XDocument.Load(epidemic["marked.svg"]).Root!.Name.LocalName);
    }

    [Fact]
    public void A_guest_that_reboots_has_lost_its_mark()
    {
        // So slow that nobody passes it on.
        using var epidemic = new ShippedExperiment("epidemic", "-p:VmsPerHost=2", "-p:InitiallyMarked=2", "-p:Rate=0.000001");
        const string marked = "cat /run/megatux/mon/marked";
        Assert.Equal("vm[0-1].epidemic[0-4]: 0\n", epidemic.Run("all", marked).Succeeded().Output);
        epidemic.Run("all", "epidemic start").Succeeded();
        Assert.Contains("vm0.epidemic0,vm1.epidemic2: 1\n", epidemic.Run("all", marked).Succeeded().Output, StringComparison.Ordinal);
        epidemic.Ask("reboot", "vm1.epidemic2").Succeeded();
        Assert.True(SpinWait.SpinUntil(() => epidemic.Run("vm1.epidemic2", marked) is { ExitCode: 0, Output: "vm1.epidemic2: 0\n" }, Patience), "still marked");
        Assert.Equal("vm0.epidemic0: 1\n", epidemic.Run("vm0.epidemic0", marked).Succeeded().Output);
    }

    /// <summary>Starts it and watches until all but a few are marked.</summary>
    private static string[] WatchOne(ShippedExperiment epidemic)
    {
        var lines = new List<string>();
        using Process monitor = epidemic.Start("mon", "--program", epidemic["marked.scm"], "--json");
        try
        {
            monitor.OutputDataReceived += (_, line) =>
            {
                if (line.Data is not null)
                    lock (lines)
                        lines.Add(line.Data);
            };
            monitor.BeginOutputReadLine();
            Await(lines, (count, _) => count == 500, "not all guests say whether they are marked");
            epidemic.Run("all", "epidemic start").Succeeded();
            Await(lines, (_, sum) => sum > 495, "the mark does not get to all");
        }
        finally
        {
            monitor.Kill();
            monitor.WaitForExit();
        }

        lock (lines)
            return [.. lines];
    }

    private static void Await(List<string> lines, Func<int, double, bool> condition, string otherwise)
    {
        string last = "";
        Assert.True(SpinWait.SpinUntil(() =>
        {
            Thread.Sleep(100);
            lock (lines)
                last = lines.LastOrDefault("{\"reductions\":{}}");
            using JsonDocument report = JsonDocument.Parse(last);
            return report.RootElement.GetProperty("reductions").TryGetProperty("marked", out JsonElement result) && result.TryGetProperty("marked", out JsonElement marked)
                && condition(marked.GetProperty("count").GetInt32(), marked.GetProperty("sum").GetDouble());
        }, Patience), $"{otherwise}: {last}");
    }
}
