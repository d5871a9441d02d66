using System.Text;
using Megatux.Model;
using Megatux.Sexp;

namespace Megatux.Pushmon.Tests;

public sealed class MonitorReportTests
{
    [Fact]
    public void A_report_says_what_it_is_about()
    {
        MonitorReport report = Read(MonitorReports.Report(0));
        Assert.Equal(new DateTimeOffset(2010, 2, 13, 18, 2, 22, TimeSpan.Zero).AddTicks(7102730), report.Time);
        Assert.Equal((6L, 8L, 1.25, 0.25, 3L, TimeSpan.FromSeconds(1)), (report.Contributors, report.Expected, report.OldestAge, report.NewestAge, report.Dropped, report.Interval));
        Assert.Equal([new ReductionProblem("kernels", 2, "3:7: no such field")], report.Problems);
    }

    [Fact]
    public void Aggregates_have_their_values()
    {
        MonitorReport report = Read(MonitorReports.Report(0));
        ReductionResult nodes = report.Find("nodes")!, kernels = report.Find("kernels")!;
        StatValue load = nodes.Find<StatValue>("load")!;
        Assert.Equal((6L, 0.5, 0.25, 1.0), (load.Count, load.Mean, load.Least, load.Greatest));
        Assert.Equal(Math.Sqrt(2.0 / 6 - 0.25), load.Deviation, 12);
        Assert.Equal([new TopItem(97.5, "vm2.h1"), new TopItem(12.5, "vm0.h2")], nodes.Find<TopValue>("busiest")!.Items);
        HistogramValue busy = nodes.Find<HistogramValue>("busy-histogram")!;
        Assert.Equal((6L, 20, 5.0, 100.0), (busy.Count, busy.Bins.Count, busy.EndOf(0), busy.EndOf(19)));
        GroupValue release = kernels.Find<GroupValue>("release")!;
        Assert.Equal((2L, 3L, "6.6.0"), (release.Others, release.Groups[0].Nodes.Count, release.Groups[1].Value.Text));
        Assert.Equal(4.1, kernels.Find<DistinctValue>("seen")!.Estimate);
        Assert.Equal(Datum.Number(42), kernels.Find<OtherValue>("own")!.Datum);
    }

    [Fact]
    public void A_sample_is_read_by_its_schema()
    {
        MonitorReport report = Read(MonitorReports.Report(17, MonitorReports.Sample("vm2.h1", 17)));
        RawSample sample = Assert.Single(report.Raw);
        Assert.Equal(("vm2.h1", 0x4336UL, 17L, 1L, report.Time), (sample.Node, sample.Number, sample.Sequence, sample.Dropped, sample.Time));
        SampleSchema schema = report.SchemaOf("vm2.h1")!;
        Assert.Equal((0.01, 31000.0, 17.31), (schema.Find(sample.Data, "load", "five"), schema.Find(sample.Data, "memory", "available"), schema.Find(sample.Data, "uptime", "seconds")));
        Assert.Null(schema.Find(sample.Data, "load", "two"));
        Assert.Null(report.SchemaOf("vm9.h1"));
    }

    [Fact]
    public void What_is_written_reads_as_the_same()
    {
        string line = MonitorReports.Report(17, MonitorReports.Sample("vm2.h1", 17), MonitorReports.Sample("h1", 17)).Replace("(dropped 3)", "(dropped 3) (later (1 2))", StringComparison.Ordinal);
        byte[] written = Read(line).ToLine();
        Assert.Equal((byte)'\n', written[^1]);
        Assert.Equal(written, MonitorReport.Parse(written).ToLine());

        // What is not known stands behind what is; all else is at its place.
        static IEnumerable<Datum> Parts(Datum report) => report.Items.ToArray().Where(part => part.Items is not [var name, ..] || name.Text is not ("interval" or "reductions"));
        Assert.Equal(Parts(Datum.Parse(line)).ToHashSet(), Parts(Datum.Parse(written)).ToHashSet());
        Assert.Contains("(later (1 2))", Encoding.UTF8.GetString(written), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(report (time 5.0) (age +inf.0 +nan.0) (nodes) (raw (a b) 5 (\"x\")) (reductions 7 (x (k (stat 1))) (y 1 2)) (problems (p)))")]
    [InlineData("(report (time 5.0) (schemas x (\"n[\" ())) (reductions (x (g (group (v \"n[\") (others x) 7)))))")]
    public void What_has_an_unknown_form_is_left_out(string line)
    {
        MonitorReport report = Read(line);
        Assert.Equal(5, report.Time.ToUnixTimeSeconds());
        Assert.Empty(report.Raw);
        Assert.Empty(report.Problems);
        Assert.Empty(report.Schemas);
        Assert.Null(report.OldestAge);
    }

    [Theory]
    [InlineData("")]
    [InlineData("report")]
    [InlineData("(report)")]
    [InlineData("(report (time soon))")]
    [InlineData("(report (time 99999999999999999999))")]
    [InlineData("(report (time 1.0)")]
    [InlineData("(refused \"a\" \"b\")")]
    public void What_is_no_report_is_refused(string line) =>
        Assert.Equal(ErrorCodes.ReportMalformed, Assert.Throws<MegatuxException>(() => Read(line)).Problem.Code);

    [Fact]
    public async Task A_file_is_read_up_to_where_its_writer_was_killed_and_a_wrong_line_is_named()
    {
        using var folder = new TempFolder();
        string whole = MonitorReports.Report(1) + "\n" + MonitorReports.Report(2) + "\n";
        Assert.Equal(2, await CountAsync(folder.Write("cut", whole + MonitorReports.Report(3)[..99])));
        MegatuxException wrong = await Assert.ThrowsAsync<MegatuxException>(() => CountAsync(folder.Write("wrong", whole + "(x)\n")));
        Assert.Equal((ErrorCodes.ReportMalformed, 3), (wrong.Problem.Code, wrong.Problem.Where!.Value.Line));
        Assert.Equal(ErrorCodes.InputUnreadable, (await Assert.ThrowsAsync<MegatuxException>(() => CountAsync(folder["none"]))).Problem.Code);
    }

    private static async Task<int> CountAsync(string path)
    {
        int count = 0;
        await foreach (MonitorReport _ in ReportFile.ReadAsync(path, TestContext.Current.CancellationToken))
            count++;
        return count;
    }

    private static MonitorReport Read(string line) => MonitorReport.Parse(Encoding.UTF8.GetBytes(line));
}
