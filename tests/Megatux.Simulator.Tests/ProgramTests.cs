using Megatux.Xproc;

namespace Megatux.Simulator.Tests;

/// <summary>Jobs that bring a program with them. That none is started without all of it is looked at whenever one is.</summary>
public sealed class ProgramTests
{
    private static readonly SimulatedProgram Large = Usual("large");

    private static int Length => Large.Blobs.Sum(blob => SimulatedProgram.ContentsOf(blob).Length);

    [Fact]
    public void Every_host_is_sent_a_program_once_whatever_nodes_it_has_and_however_often_it_runs()
    {
        var scene = new Scene(30, 2);
        JobAccount[] jobs = [scene.Start(ScriptKind.Equal, Large), scene.Start(ScriptKind.Different, Large)];
        Assert.All(jobs, scene.End);
        Assert.Equal(30 * Length, scene.World.Programs!.Bytes);

        JobAccount again = scene.Start(ScriptKind.Equal, Large);
        scene.End(again);
        Assert.Equal(30 * Length, scene.World.Programs.Bytes);
        Assert.All(jobs.Append(again), job => Assert.Equal(90, job.CountOf(RecordKind.Exit)));
    }

    [Fact]
    public void Of_a_program_that_shares_parts_with_another_only_the_others_are_sent()
    {
        var scene = new Scene(20, 0);
        scene.End(scene.Start(ScriptKind.Equal, Large));
        long before = scene.World.Programs!.Bytes;
        SimulatedProgram linked = Usual("linked");
        scene.End(scene.Start(ScriptKind.Equal, linked));
        Assert.Equal(20 * SimulatedProgram.ContentsOf(linked.Id).Length, scene.World.Programs.Bytes - before);
    }

    [Fact]
    public void A_job_loses_nothing_when_the_daemon_of_a_secondary_master_is_killed_while_its_program_is_on_its_way()
    {
        var scene = new Scene(60, 1);
        VirtualHost master = scene.SecondaryMaster;
        scene.World.Network.ConditionsOf(master.Rank).BytesPerSecond = 200_000;
        JobAccount job = scene.Start(ScriptKind.Equal, Large);
        scene.Pass(2);
        Assert.InRange(job.Starts, 1, 119);
        Assert.NotEqual(0, master.Daemon!.Router.ProgramWaits);
        master.CrashDaemon();
        scene.Pass(2);
        master.StartDaemon();
        scene.End(job);

        Assert.Equal((120, 0), (job.CountOf(RecordKind.Exit), job.CountOf(RecordKind.Lost)));
        Assert.All(scene.World.Daemons, daemon => Assert.Equal(0, daemon.Router.ProgramWaits));
    }

    [Fact]
    public void A_daemon_that_is_started_again_finds_programs_and_a_host_that_comes_back_does_not()
    {
        var scene = new Scene(10, 0);
        scene.End(scene.Start(ScriptKind.Equal, Large));
        (VirtualHost daemon, VirtualHost host) = (scene.World.Hosts[3], scene.World.Hosts[7]);
        daemon.CrashDaemon();
        host.Crash();
        scene.Pass(20);
        daemon.StartDaemon();
        host.Boot();
        scene.Settle();
        JobAccount again = scene.Start(ScriptKind.Equal, Large);
        scene.End(again);

        Assert.Equal((11 * Length, 10), (scene.World.Programs!.Bytes, again.CountOf(RecordKind.Exit)));
    }

    [Fact]
    public void A_program_that_the_root_does_not_have_is_what_all_nodes_answer()
    {
        var scene = new Scene(40, 1);
        JobAccount job = scene.Start(ScriptKind.Equal, Usual("gone"));
        scene.End(job);
        Assert.Equal(80, job.CountOf(RecordKind.Refused));
    }

    [Fact]
    public void A_program_that_some_nodes_do_not_take_runs_on_all_others()
    {
        var scene = new Scene(40, 1);
        SimulatedProgram awkward = Usual("awkward");
        JobAccount job = scene.Start(ScriptKind.Equal, awkward);
        scene.End(job);
        string[] without = [.. job.Nodes.Keys.Where(name => awkward.ProblemOn(name).Length > 0)];
        Assert.InRange(without.Length, 1, 79);
        Assert.Equal((without.Length, 80 - without.Length), (job.CountOf(RecordKind.Refused), job.CountOf(RecordKind.Exit)));
    }

    private static SimulatedProgram Usual(string name) => SimulatedProgram.Usual.Single(program => program.Name == name);
}
