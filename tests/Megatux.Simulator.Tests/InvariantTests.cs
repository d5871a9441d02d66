namespace Megatux.Simulator.Tests;

/// <summary>
/// Every run checks throughout that a node has at most one parent, that there is no cycle, that memory is bounded, that a job
/// runs once on a node, and that its output comes once and in order; and then that all come back, that every job ends with
/// exact counts, that none is lost who was there, and that daemons forget. A run that fails says its seed.
/// </summary>
public sealed class InvariantTests
{
    private const int RunsOfAProfile = 30, Deadline = 120_000;

    public static TheoryData<string> Profiles => [.. FaultProfile.All.Select(profile => profile.Name)];

    [Theory(Timeout = Deadline)]
    [MemberData(nameof(Profiles))]
    public async Task All_that_must_hold_holds_whatever_goes_wrong(string profile)
    {
        var violations = new List<string>();
        await Task.Run(() =>
        {
            for (int seed = 0; seed < RunsOfAProfile; seed++)
            {
                try
                {
                    Runs.Small(profile, seed);
                }
                catch (InvariantViolatedException violation)
                {
                    violations.Add(violation.Message);
                }
            }
        }, TestContext.Current.CancellationToken);
        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }

    /// <summary>So many hosts do not all turn to the root.</summary>
    [Theory(Timeout = Deadline)]
    [InlineData("crashes", 1)]
    [InlineData("root", 3)]
    [InlineData("rack", 5)]
    [InlineData("all", 7)]
    [InlineData("all", 8)]
    public Task All_that_must_hold_holds_of_hosts_in_groups(string profile, int seed) =>
        Task.Run(() => Assert.NotEmpty(Runs.Of(profile, seed, 270, 0).Jobs), TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("none", 3)]
    [InlineData("all", 14)]
    [InlineData("all", 17)]
    public void The_same_seed_does_the_same_again(string profile, int seed) =>
        Assert.Equal(Runs.Small(profile, seed).Digest, Runs.Small(profile, seed).Digest);

    [Fact]
    public void Another_seed_does_something_else() =>
        Assert.NotEqual(Runs.Of("light", 1, 10, 1).Digest, Runs.Of("light", 2, 10, 1).Digest);

    [Fact]
    public void A_job_counts_all_of_its_nodes_and_loses_none_when_nothing_goes_wrong() =>
        Assert.All(Runs.Of("none", 5, 40, 3).Jobs, job => Assert.Equal((job.Target, 0), (job.Answered + job.Refused, job.Lost)));

    [Fact]
    public void No_daemon_has_more_messages_of_a_command_than_the_square_root_of_all_and_none_more_children()
    {
        SimulationReport report = Runs.Of("none", 0, 400, 0);

        Assert.Equal(20, report.MostChildren);
        Assert.InRange(report.CommandMessages, 20 * 3, 20 * 8);
    }

    [Fact]
    public void No_daemon_has_a_part_in_more_messages_than_the_square_root_of_all()
    {
        (SimulationReport few, SimulationReport many) = (Runs.Brief(1000, 0), Runs.Brief(16_000, 0));

        // Of 16 times as many hosts 4 times as many messages, and a little.
        Assert.InRange(many.FormationMessages, few.FormationMessages, few.FormationMessages * 6);
        Assert.InRange(many.CommandMessages, few.CommandMessages, few.CommandMessages * 6);
    }

    [Fact]
    public void Equal_output_of_a_hundred_thousand_nodes_is_one_record_on_the_way_up()
    {
        SimulationReport report = Runs.Brief(100, 1000);

        Assert.Equal(100_100, report.Jobs[^1].Answered);
        Assert.InRange(report.LongestQueue, 1, 64 << 10);
    }

    [Fact]
    public void Those_below_a_secondary_master_that_is_lost_come_back()
    {
        // A host that goes says nothing: its children wait for as long as a parent may be silent, and a little more.
        Assert.InRange(Runs.Of("none", 0, 100, 1).Healed!.Value, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(15));
    }
}
