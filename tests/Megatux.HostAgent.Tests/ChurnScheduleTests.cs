namespace Megatux.HostAgent.Tests;

public sealed class ChurnScheduleTests
{
    private const int Guests = 50;
    private const decimal Rate = 0.11m;
    private const double SecondsInWeek = 604_800;

    [Fact]
    public void The_same_seed_and_host_give_the_same_schedule_and_others_another()
    {
        (TimeSpan At, int Guest)[] one = [.. Schedule(seed: 7, host: 3).Take(200)];
        Assert.Equal(one, Schedule(seed: 7, host: 3).Take(200));
        Assert.Equal(one.Select(reboot => reboot.At).Order(), one.Select(reboot => reboot.At));
        foreach ((TimeSpan At, int Guest)[] other in new[] { (8, 3L), (7, 4L), (3, 7L), (0, 0L) }.Select(with => Schedule(with.Item1, with.Item2).Take(200).ToArray()))
        {
            Assert.Empty(one.Select(reboot => reboot.At).Intersect(other.Select(reboot => reboot.At)));
            Assert.NotEqual(one.Select(reboot => reboot.Guest), other.Select(reboot => reboot.Guest));
        }
    }

    [Theory]
    [InlineData("0.11", 50)]
    [InlineData("0.11", 1024)]
    [InlineData("84", 3)]
    [InlineData("604800", 1)]
    public void As_many_reboot_as_the_rate_says_with_gaps_of_a_Poisson_process(string rate, int guests)
    {
        const int count = 20_000;
        double perSecond = (double)decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture) * guests / SecondsInWeek;
        var schedule = new ChurnSchedule(decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture), 1, 0, guests, default);
        double[] gaps = new double[count];
        double last = 0;
        for (int at = 0; at < count; at++, schedule.Advance())
        {
            gaps[at] = (schedule.Next!.Value.TotalSeconds - last) * perSecond;
            last = schedule.Next.Value.TotalSeconds;
        }

        // An exponential distribution: its mean is its standard deviation, and 1/e of it is beyond the mean. Bounds are 4 sigma.
        double mean = gaps.Average();
        Assert.InRange(mean, 1 - (4 / Math.Sqrt(count)), 1 + (4 / Math.Sqrt(count)));
        Assert.InRange(gaps.Average(gap => (gap - mean) * (gap - mean)), 0.9, 1.1);
        Assert.InRange(gaps.Count(gap => gap > 1) / (double)count, Math.Exp(-1) - 0.014, Math.Exp(-1) + 0.014);
    }

    [Fact]
    public void Every_guest_reboots_as_often_as_every_other()
    {
        const int each = 1000;
        int[] counts = new int[Guests];
        foreach ((_, int guest) in Schedule(seed: 5, host: 9).Take(each * Guests))
            counts[guest]++;

        // Chi-square of 49 degrees of freedom: 99.9 % of such samples lie below 85.4, 0.1 % below 23.
        Assert.InRange(counts.Sum(count => (count - each) * (double)(count - each) / each), 23, 85.4);
    }

    [Fact]
    public void Hosts_reboot_guests_independently_of_each_other()
    {
        int[] first = [.. Enumerable.Range(0, 10_000).Select(host => Schedule(seed: 0, host).First().Guest)];
        int[] counts = new int[Guests];
        foreach (int guest in first)
            counts[guest]++;
        Assert.InRange(counts.Sum(count => (count - 200) * (double)(count - 200) / 200), 23, 85.4);
    }

    [Theory]
    [InlineData(0, 50)]
    [InlineData(1, 0)]
    public void Without_a_rate_or_guests_nothing_ever_reboots(int rate, int guests) =>
        Assert.Null(new ChurnSchedule(rate, 1, 2, guests, default).Next);

    [Fact]
    public void The_smallest_rate_that_can_be_written_is_no_accident()
    {
        var schedule = new ChurnSchedule(0.0000000000000000000000000001m, 1, 2, 1, default);
        schedule.Advance();
        Assert.True(schedule.Next > TimeSpan.FromDays(365), "too soon");
    }

    [Fact]
    public void A_schedule_that_begins_later_is_the_same_one_later()
    {
        TimeSpan start = TimeSpan.FromHours(5);
        var now = new ChurnSchedule(Rate, 7, 3, Guests, default);
        var later = new ChurnSchedule(Rate, 7, 3, Guests, start);
        Assert.Equal(now.Next + start, later.Next);
        Assert.Equal(now.Guest, later.Guest);
    }

    private static IEnumerable<(TimeSpan At, int Guest)> Schedule(int seed, long host)
    {
        for (var schedule = new ChurnSchedule(Rate, seed, host, Guests, default); ; schedule.Advance())
            yield return (schedule.Next!.Value, schedule.Guest);
    }
}
