using Megatux.Xproc;

namespace Megatux.Simulator.Tests;

/// <summary>Jobs while one thing goes wrong. What nodes write is compared as it comes.</summary>
public sealed class FaultTests
{
    [Fact]
    public void A_job_loses_nothing_when_the_daemon_of_a_secondary_master_is_killed()
    {
        var scene = new Scene(60, 1);
        JobAccount job = scene.Start(ScriptKind.Stream);
        scene.Pass(3);
        VirtualHost master = scene.SecondaryMaster;
        master.CrashDaemon();
        scene.Pass(2);
        master.StartDaemon();
        scene.End(job);

        Assert.Equal((120, 0), (job.CountOf(RecordKind.Exit), job.CountOf(RecordKind.Lost)));
    }

    [Fact]
    public void A_job_loses_the_nodes_of_a_secondary_masters_host_that_crashes_and_no_others()
    {
        var scene = new Scene(60, 2);
        JobAccount job = scene.Start(ScriptKind.Stream);
        scene.Pass(3);
        VirtualHost master = scene.SecondaryMaster;
        master.Crash();
        scene.End(job);

        Assert.Equal((177, 3), (job.CountOf(RecordKind.Exit), job.CountOf(RecordKind.Lost)));
        Assert.All(job.Nodes.Values.Where(node => node.End == RecordKind.Lost), node => Assert.EndsWith(master.Name, node.Name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_job_loses_nothing_when_the_root_is_killed_and_started_again(int seed)
    {
        var scene = new Scene(40, 2, seed);
        JobAccount job = scene.Start(ScriptKind.Stream);
        scene.Pass(3);
        scene.World.Root.Crash();
        scene.Pass(5);
        scene.World.Root.Start();
        scene.End(job);

        Assert.Equal((120, 0), (job.CountOf(RecordKind.Exit), job.CountOf(RecordKind.Lost)));
    }

    [Fact]
    public void A_node_that_was_given_up_does_not_start_the_job_again_when_it_comes_back()
    {
        var scene = new Scene(20, 1);
        JobAccount job = scene.Start(ScriptKind.Endless);
        scene.Pass(1);
        scene.World.Network.Cut(0, 3);
        scene.World.Jobs.Kill(job);
        scene.End(job);
        Assert.Equal((32, 8), (job.CountOf(RecordKind.Exit), job.CountOf(RecordKind.Lost)));

        scene.World.Network.Heal(0, 3);
        scene.Settle();
        scene.Pass(200);
        Assert.Equal(40, job.Starts);
    }

    [Fact]
    public void More_output_than_links_take_at_once_comes_whole_and_closes_none()
    {
        var scene = new Scene(60, 4);
        JobAccount job = scene.Start(ScriptKind.Flood);
        scene.End(job);

        Assert.Equal((300, 0), (job.CountOf(RecordKind.Exit), scene.World.Network.Overflows));
    }

    [Fact]
    public void A_daemon_that_is_stopped_for_a_while_stalls_no_others_and_loses_nothing()
    {
        var scene = new Scene(30, 1);
        VirtualDaemon stopped = scene.SecondaryMaster.Daemon!;
        stopped.Stop();
        JobAccount job = scene.Start(ScriptKind.Equal);

        // Those below it wait for it as long as a parent may be silent, and one that the root sends back to it as long again.
        scene.Pass(14);
        Assert.Equal(58, job.CountOf(RecordKind.Exit));
        stopped.Continue();
        scene.End(job);

        Assert.Equal((60, 0), (job.CountOf(RecordKind.Exit), job.CountOf(RecordKind.Lost)));
    }

    [Theory]
    [InlineData("rack", 6)]
    [InlineData("rack", 10)]
    [InlineData("partitions", 14)]
    [InlineData("all", 12)]
    [InlineData("all", 17)]
    [InlineData("all", 50)]
    [InlineData("none", 1284)]
    public void What_a_seed_once_found_does_not_come_back(string profile, int seed) => 
        Assert.NotEmpty(Simulation.Run(Runs.OptionsOf(profile, seed) with { HasPrograms = false, HasMonitoring = false }).Jobs);
}
