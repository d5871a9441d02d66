namespace Megatux.Tree.Tests;

public sealed class RefusalReportTests
{
    [Fact]
    public void Of_a_flood_some_are_reported_and_the_rest_is_counted()
    {
        var time = new StoppedTime();
        var reports = new List<LinkRefusal>();
        var refusals = new RefusalReport(reports.Add, time);
        for (int i = 0; i < 1000; i++)
            refusals.Add(null, "flood");
        Assert.Equal(RefusalReport.Most, reports.Count);

        time.Now += RefusalReport.Window.Ticks;
        refusals.Add(null, "flood");
        Assert.Equal(RefusalReport.Most + 1, reports.Count);
        Assert.Equal(1000 - RefusalReport.Most, reports[^1].Unreported);
        Assert.Equal("somebody was not let in: flood; so were 992 more since the last report", reports[^1].ToString());
        refusals.Add(null, "flood");
        Assert.Equal(0, reports[^1].Unreported);
    }

    private sealed class StoppedTime : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
