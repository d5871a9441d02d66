namespace Megatux.Simulator.Tests;

/// <summary>
/// Every run checks throughout that a node has at most one parent, that there is no cycle, that memory is bounded, that a job
/// runs once on a node, and that its output comes once and in order; and then that all come back, that every job ends with
/// exact counts, that none is lost who was there, and that daemons forget. A run that fails says its seed.
/// </summary>
public sealed class InvariantTests
{
    private const int RunsOfAProfile = 40, Deadline = 120_000;

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
        Assert.Empty(violations);
    }

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
    public void Those_below_a_secondary_master_that_is_lost_come_back()
    {
        // A host that goes says nothing: its children wait for as long as a parent may be silent, and a little more.
        Assert.InRange(Runs.Of("none", 0, 100, 1).Healed!.Value, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(15));
    }
}
