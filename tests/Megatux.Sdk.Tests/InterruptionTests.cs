using System.Diagnostics;

namespace Megatux.Sdk.Tests;

/// <summary>Builds that are killed, and builds that run at once.</summary>
public sealed class InterruptionTests
{
    private const int Kills = 50;
    private const string Working = " is built because ";
    private const string Shipped = "<GuestOverlay Include=\"first\" Nodes=\"vm0.h0\" />";

    [Fact]
    public void A_build_killed_at_any_moment_leaves_no_half_output_and_the_next_build_is_right()
    {
        int seed = Environment.GetEnvironmentVariable("MEGATUX_KILL_SEED") is { } given ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : 20090815;
        var random = new Random(seed);
        using TestExperiment experiment = Make();
        TimeSpan work = MeasureWork(experiment, out SortedDictionary<string, string>[] good);

        for (int i = 0; i < Kills; i++)
        {
            int target = i % 2;
            bool cold = i % 4 < 2;
            TimeSpan moment = work * (random.NextDouble() * 1.2);
            string what = $"seed {seed}, kill {i} ({(cold ? "cold" : "changed")}) {moment.TotalMilliseconds:0} ms after work began";
            if (cold)
                Command.Run("rm", ["-rf", experiment["bin"], experiment["obj"]]).Succeeded();
            Turn(experiment, target);
            BuildAndKill(experiment, moment);

            foreach ((string name, string digest) in experiment.Digests().Where(file => !file.Key.Contains("megatux-tmp", StringComparison.Ordinal)))
                Assert.True(Array.Exists(good, outputs => outputs.GetValueOrDefault(name) == digest), $"{what}: {name} is half-written");

            if (i % 10 == 9)
            {
                // What was killed can also be cleaned at once.
                experiment.Clean();
                Assert.False(Directory.Exists(experiment["bin"]) || Directory.Exists(experiment["obj"]), $"{what}: clean left {string.Join(", ", experiment.Digests("").Keys)}");
            }

            experiment.BuildWell();
            Assert.True(good[target].SequenceEqual(experiment.Digests()), $"{what}: the next build is not right");
            Assert.True(!Snapshot.Leftovers(experiment).Any(), $"{what}: {string.Join(", ", Snapshot.Leftovers(experiment))}");
        }

        Assert.True(experiment.BuildWell().UpToDate);
    }

    [Fact]
    public async Task A_build_that_was_killed_and_undone_is_not_taken_for_done()
    {
        using TestExperiment experiment = Make();
        Turn(experiment, 0);
        experiment.BuildWell();
        SortedDictionary<string, string> good = experiment.Digests();

        // The second image is a fifo's reader: the build waits there until it is killed.
        experiment.Edit("<!-- first -->", "<GuestOverlay Include=\"first\" Nodes=\"vm0.h0\" /><HostProgram Include=\"waits\" Path=\"usr/bin/waits\" />");
        Command.Run("mkfifo", [experiment["waits"]]).Succeeded();
        using Process process = Start(experiment);
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        Kill(process);
        experiment.Edit("<GuestOverlay Include=\"first\" Nodes=\"vm0.h0\" /><HostProgram Include=\"waits\" Path=\"usr/bin/waits\" />", "<!-- first -->");
        File.Delete(experiment["waits"]);
        experiment.BuildWell();
        Assert.Equal(good, experiment.Digests());
        Assert.Empty(Directory.GetFiles(experiment["obj/members"], "guest-overlay-first*"));
        Assert.Empty(Snapshot.Leftovers(experiment));
    }

    [Fact]
    public async Task Two_builds_at_once_both_succeed()
    {
        using TestExperiment experiment = Make();
        Turn(experiment, 1);
        experiment.BuildWell();
        SortedDictionary<string, string> good = experiment.Digests();
        for (int i = 0; i < 3; i++)
        {
            if (i < 2)
                experiment.Clean();
            else
                experiment.Write("guest/etc/hello", "other\n");
            BuildResult[] both = await Task.WhenAll(Task.Run(() => experiment.Build()), Task.Run(() => experiment.Build()));
            Assert.All(both, result => Assert.True(result.ExitCode == 0, result.Output));
            Assert.True(both.Sum(result => result.Joined.Count(image => image == "initramfs-guest.img")) == 1, both[0].Output + both[1].Output);
            if (i < 2)
                Assert.Equal(good, experiment.Digests());
            Assert.Equal("first\n", ImageText.Text(experiment["bin/members/guest-overlay-first.cpio.gz"], "etc/first"));
            Assert.Empty(Snapshot.Leftovers(experiment));
            Assert.True(experiment.BuildWell().UpToDate);
        }
    }

    private static TestExperiment Make()
    {
        TestExperiment experiment = Projects.MakeSmall(items: "<!-- first -->");
        experiment.Write("first/etc/first", "first\n");
        var noise = new byte[3 << 20];
        new Random(1).NextBytes(noise);
        experiment.Write("base/etc/noise", noise);
        return experiment;
    }

    /// <summary>Brings one of two states about; every kind of output differs between them, and one exists in one alone.</summary>
    private static void Turn(TestExperiment experiment, int state)
    {
        string project = File.ReadAllText(experiment.ProjectFile);
        string wanted = state == 1
            ? project.Replace("<!-- first -->", Shipped, StringComparison.Ordinal).Replace("40M", "48M", StringComparison.Ordinal)
            : project.Replace(Shipped, "<!-- first -->", StringComparison.Ordinal).Replace("48M", "40M", StringComparison.Ordinal);
        File.WriteAllText(experiment.ProjectFile, wanted);
        experiment.Write("guest/etc/hello", $"state {state}\n");
    }

    private static TimeSpan MeasureWork(TestExperiment experiment, out SortedDictionary<string, string>[] good)
    {
        good = new SortedDictionary<string, string>[2];
        var longest = TimeSpan.Zero;
        foreach (int state in (int[])[1, 0])
        {
            Command.Run("rm", ["-rf", experiment["bin"], experiment["obj"]]).Succeeded();
            Turn(experiment, state);
            using Process process = Start(experiment);
            WaitForWork(process);
            long began = Stopwatch.GetTimestamp();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            TimeSpan took = Stopwatch.GetElapsedTime(began);
            longest = took > longest ? took : longest;
            good[state] = experiment.Digests();
        }

        return longest;
    }

    private static void BuildAndKill(TestExperiment experiment, TimeSpan moment)
    {
        using Process process = Start(experiment);
        WaitForWork(process);
        Thread.Sleep(moment);
        Kill(process);
    }

    private static void WaitForWork(Process process)
    {
        while (process.StandardOutput.ReadLine() is { } line)
            if (line.Contains(Working, StringComparison.Ordinal))
                return;
        throw new InvalidOperationException("The build ended before it began to work.");
    }

    private static Process Start(TestExperiment experiment)
    {
        // A session of its own, so that nothing that the build starts outlives it.
        var start = new ProcessStartInfo("setsid", ["dotnet", .. experiment.Arguments("--no-restore")])
        {
            WorkingDirectory = experiment.Folder,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string? value) in TestExperiment.Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static void Kill(Process process)
    {
        Command.Run("/bin/sh", ["-c", $"kill -9 -- -{process.Id} 2>/dev/null || true"]).Succeeded();
        if (!process.WaitForExit(TestExperiment.Deadline))
            throw new TimeoutException("A killed build is still there.");
    }
}
