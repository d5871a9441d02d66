using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Megatux.Model;
using Megatux.Pushmon;

namespace Megatux.Cli.Tests;

public sealed class MetricsTests
{
    private const string OpenMetrics = "application/openmetrics-text";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public void Metrics_are_aggregates_in_base_units_with_their_experiment()
    {
        string text = Text(isOpenMetrics: true);
        foreach (string line in (string[])["# TYPE megatux_nodes_memory_used_mean_bytes gauge", "# UNIT megatux_nodes_memory_used_mean_bytes bytes", "megatux_nodes_memory_used_mean_bytes{experiment=\"lab\"} 10240000.0",
            "megatux_nodes_busy_max_ratio{experiment=\"lab\"} 0.975", "megatux_nodes_contributing{experiment=\"lab\"} 6.0", "megatux_nodes_expected{experiment=\"lab\"} 8.0",
            "megatux_nodes_busiest_ratio{experiment=\"lab\",node=\"vm2.h1\"} 0.975", "# TYPE megatux_nodes_busy_distribution_ratio gaugehistogram",
            "megatux_nodes_busy_distribution_ratio_bucket{experiment=\"lab\",le=\"0.05\"} 4.0", "megatux_nodes_busy_distribution_ratio_bucket{experiment=\"lab\",le=\"+Inf\"} 6.0",
            "megatux_nodes_busy_distribution_ratio_gcount{experiment=\"lab\"} 6.0", "megatux_reduction_group_size{experiment=\"lab\",reduction=\"kernels\",key=\"release\",value=\"6.1.0\"} 3.0",
            "megatux_reduction_problems{experiment=\"lab\",reduction=\"kernels\"} 2.0", "megatux_up{experiment=\"lab\"} 1.0"])
            Assert.Contains(line + "\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n# EOF\n", text, StringComparison.Ordinal);
        string older = Text(isOpenMetrics: false);
        Assert.Contains("# TYPE megatux_nodes_busy_distribution_ratio histogram\n", older, StringComparison.Ordinal);
        Assert.DoesNotContain("# UNIT", older, StringComparison.Ordinal);
        Assert.DoesNotContain("# EOF", older, StringComparison.Ordinal);
        Assert.Equal("megatux_up{experiment=\"lab\"} 0.0", MetricsText.Write(ReportMetrics.Of("lab", null), isOpenMetrics: false).TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public void Labels_that_nodes_choose_cannot_break_the_text()
    {
        string line = MonitorReports.Report(1).Replace("6.6.0", "a\n\\\"}\u0007", StringComparison.Ordinal);
        string text = MetricsText.Write(ReportMetrics.Of("lab", MonitorReport.Parse(Encoding.UTF8.GetBytes(line))), isOpenMetrics: true);
        Assert.All(text.TrimEnd().Split('\n'), one => Assert.Matches("^(# (HELP|TYPE|UNIT) megatux_|# EOF$|megatux_[a-z_]+\\{([a-z]+=\"(\\\\[\\\\\"n]|[^\\\\\"])*\",?)+\\} [^ ]+$)", one));
    }

    [Theory]
    [InlineData("docs/grafana/megatux.json")]
    [InlineData("docs/pushmon.md")]
    public void The_dashboard_and_the_page_name_metrics_that_there_are(string file)
    {
        string metrics = Text(isOpenMetrics: false);
        string[] named = [.. Regex.Matches(File.ReadAllText(Repository.At(file)), "megatux_[a-z_]+").Select(match => match.Value).Distinct()];
        Assert.True(named.Length > 10);
        Assert.All(named, name => Assert.Contains($"\n{name}{{", "\n" + metrics, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("*/*", false)]
    [InlineData("text/plain", false)]
    [InlineData("application/openmetrics-text", true)]
    [InlineData("application/openmetrics-text; version=1.0.0; charset=utf-8", true)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", true)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.2,text/plain;q=0.5", false)]
    [InlineData("application/openmetrics-text;version=9.0.0,text/plain;q=0.5", false)]
    [InlineData(",;=", false)]
    public void Readers_get_the_format_that_they_like_most(string? accept, bool isOpenMetrics) => Assert.Equal(isOpenMetrics, MetricsServer.WantsOpenMetrics(accept));

    [Fact]
    public void Promtool_finds_nothing_to_say()
    {
        Assert.SkipUnless(Command.Find("promtool") is not null, "promtool is not installed: the Debian package prometheus has it");
        CommandResult result = Command.Run("promtool", ["check", "metrics"], input: Text(isOpenMetrics: false));
        Assert.Equal((0, ""), (result.ExitCode, result.All));
    }

    [Fact]
    public async Task Metrics_are_served_until_a_signal_ends_it()
    {
        using var experiment = new WatchedExperiment();
        using Process served = Serve(experiment.Name, out string url);
        using var late = new CancellationTokenSource(Deadline);
        using var client = new HttpClient();
        string text = await UpAsync(client, url, late.Token);
        Assert.Contains($"megatux_nodes_load_mean{{experiment=\"{experiment.Name}\"}} 0.5\n", text, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(OpenMetrics));
        using HttpResponseMessage answer = await client.SendAsync(request, late.Token);
        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.EndsWith("# EOF\n", await answer.Content.ReadAsStringAsync(late.Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(url + "x", late.Token)).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.PostAsync(url, null, late.Token)).StatusCode);
        CommandResult second = experiment.Mon("--metrics", new Uri(url).Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.StartsWith($"error {ErrorCodes.MetricsAddressUnusable}: ", second.Error, StringComparison.Ordinal);
        Command.Run("kill", ["-INT", $"{served.Id}"]).Succeeded();
        await served.WaitForExitAsync(late.Token);
        Assert.Equal(0, served.ExitCode);
    }

    [Fact]
    public async Task Prometheus_scrapes_them_and_answers_queries()
    {
        Assert.SkipUnless(Command.Find("prometheus") is not null, "prometheus is not installed: the Debian package of that name has it");
        using var experiment = new WatchedExperiment();
        using var folder = new TempFolder();
        using Process served = Serve(experiment.Name, out string url);
        int port = FreePort();
        string config = folder.Write("prometheus.yml", $$"""
            global: { scrape_interval: 1s }
            scrape_configs: [ { job_name: megatux, static_configs: [ { targets: ["127.0.0.1:{{new Uri(url).Port}}"] } ] } ]
            """);
        using Process prometheus = Process.Start(new ProcessStartInfo(Command.Find("prometheus")!,
            [$"--config.file={config}", $"--storage.tsdb.path={folder["data"]}", $"--web.listen-address=127.0.0.1:{port}", "--log.level=error"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        try
        {
            using var late = new CancellationTokenSource(Deadline);
            using var client = new HttpClient();
            Assert.Equal(("6", experiment.Name), await QueryAsync(client, port, "megatux_nodes_contributing", late.Token));

            // Of six nodes four are below 5 percent: what is asked for lies in the first bin.
            string median = (await QueryAsync(client, port, "histogram_quantile(0.5, megatux_nodes_busy_distribution_ratio_bucket)", late.Token)).Value;
            Assert.Equal(0.0375, double.Parse(median, System.Globalization.CultureInfo.InvariantCulture), 6);
        }
        finally
        {
            foreach (Process process in (Process[])[prometheus, served])
            {
                process.Kill();
                process.WaitForExit();
            }
        }
    }

    private static async Task<(string Value, string Experiment)> QueryAsync(HttpClient client, int port, string query, CancellationToken late)
    {
        while (true)
        {
            try
            {
                using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/api/v1/query?query={Uri.EscapeDataString(query)}"), late));
                foreach (JsonElement result in answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray())
                    return (result.GetProperty("value")[1].GetString()!, result.GetProperty("metric").GetProperty("experiment").GetString()!);
            }
            catch (HttpRequestException)
            {
                // Not up yet.
            }

            await Task.Delay(200, late);
        }
    }

    private static async Task<string> UpAsync(HttpClient client, string url, CancellationToken late)
    {
        while (true)
        {
            string text = await client.GetStringAsync(new Uri(url), late);
            if (text.Contains("} 1.0\n", StringComparison.Ordinal))
                return text;
            await Task.Delay(50, late);
        }
    }

    private static Process Serve(string experiment, out string url)
    {
        Process process = Process.Start(new ProcessStartInfo(PublishedCommand.Path, ["mon", "--experiment", experiment, "--metrics", $"{FreePort()}"]) { RedirectStandardOutput = true })!;
        string said = process.StandardOutput.ReadLine() ?? "";
        url = said.Split(' ').First(word => word.StartsWith("http", StringComparison.Ordinal)).TrimEnd('.');
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(bool isOpenMetrics) =>
        MetricsText.Write(ReportMetrics.Of("lab", MonitorReport.Parse(Encoding.UTF8.GetBytes(MonitorReports.Report(1)))), isOpenMetrics);
}
