using Megatux.Model;

namespace Megatux.Pushmon.Tests;

public sealed class MonitorClientTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();
    private readonly CancellationTokenSource _late = new(Deadline);
    private readonly FakeMonitorRoot _root;

    public MonitorClientTests() => _root = new FakeMonitorRoot(_folder["mon"], (number, _) => MonitorReports.Report(number, MonitorReports.Sample("vm2.h1", number)));

    public void Dispose()
    {
        _root.Dispose();
        _folder.Dispose();
        _late.Dispose();
    }

    [Fact]
    public async Task Reports_come_on_while_the_root_is_started_again()
    {
        int seen = 0;
        await foreach (MonitorReport report in MonitorClient.Connect(_folder["mon"]).WatchAsync(NodeSet.Parse("vm[0-2].h1"), _late.Token))
        {
            Assert.Equal("vm2.h1", Assert.Single(report.Raw).Node);
            if (++seen == 3)
                _root.Restart();
            if (seen == 6)
                break;
        }

        Assert.Equal(["(watch \"vm[0-2].h1\")", "(watch \"vm[0-2].h1\")"], _root.Requests);
    }

    [Fact]
    public async Task A_reduction_is_put_on_one_line_and_what_is_wrong_is_told_as_in_its_file()
    {
        var client = MonitorClient.Connect(_folder["mon"]);
        await client.PutProgramAsync("own", "; A comment.\n(define (sample node s) ; with a (\n  (list (list 'a \"; b\")))\n", _late.Token);
        KeyValuePair<string, string> put = Assert.Single(await client.ProgramsAsync(_late.Token));
        Assert.Equal("own", put.Key);
        Assert.Equal("(define (sample node s) (list (list 'a \"; b\")))", string.Join(' ', put.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        MegatuxException refused = await Assert.ThrowsAsync<MegatuxException>(() => client.PutProgramAsync("own", "; x\n(define (sample node s)\n  (wrong))", _late.Token));
        Assert.Equal("3:4: 'wrong' is not defined", refused.Message);
        refused = await Assert.ThrowsAsync<MegatuxException>(() => client.PutProgramAsync("own", "(define\n (x", _late.Token));
        Assert.Equal(ErrorCodes.ReductionUnreadable, refused.Problem.Code);
        await client.ForgetAsync("own", _late.Token);
        Assert.Empty(await client.ProgramsAsync(_late.Token));
        await Assert.ThrowsAsync<MegatuxException>(() => client.ForgetAsync("own", _late.Token));
    }

    [Fact]
    public async Task Nobody_who_reports_is_an_error_and_so_is_one_who_says_nothing_or_nonsense()
    {
        Assert.Equal(ErrorCodes.MonitorUnreachable, Assert.Throws<MegatuxException>(() => MonitorClient.Connect(_folder["none"])).Problem.Code);
        var client = MonitorClient.Connect(_folder["mon"]);
        _root.Report = (_, _) => "(report) )";
        Assert.Equal(ErrorCodes.ReportMalformed, (await Assert.ThrowsAsync<MegatuxException>(() => FirstAsync(client))).Problem.Code);
        _root.Report = (_, _) => "(refused \"MTX3808\" \"Too many.\")";
        Assert.Equal("MTX3808", (await Assert.ThrowsAsync<MegatuxException>(() => FirstAsync(client))).Problem.Code);

        // Without an end, and deeper with each line.
        _root.Report = (_, _) => "(report (time 1.0) (later ";
        Assert.Equal(ErrorCodes.ReportMalformed, (await Assert.ThrowsAsync<MegatuxException>(() => FirstAsync(client))).Problem.Code);
        Assert.Equal(ErrorCodes.MonitorNodesTooMany, (await Assert.ThrowsAsync<MegatuxException>(() => FirstAsync(client, NodeSet.Parse("n[1-257]")))).Problem.Code);
        _root.Dispose();
        Assert.Throws<MegatuxException>(() => MonitorClient.Connect(_folder["mon"]));
    }

    [Fact]
    public async Task Strings_with_line_ends_in_them_do_not_end_a_report()
    {
        _root.Report = (number, _) => MonitorReports.Report(number).Replace("6.1.0", "6.1\n(report)", StringComparison.Ordinal);
        MonitorReport report = await FirstAsync(MonitorClient.Connect(_folder["mon"]));
        Assert.Equal("6.1\n(report)", report.Find("kernels")!.Find<GroupValue>("release")!.Groups[0].Value.Text);
    }

    private async Task<MonitorReport> FirstAsync(MonitorClient client, NodeSet? raw = null)
    {
        await foreach (MonitorReport report in client.WatchAsync(raw, _late.Token))
            return report;
        throw new InvalidOperationException("no report");
    }
}
