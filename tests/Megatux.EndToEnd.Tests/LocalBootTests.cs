using System.Globalization;
using System.Text.Json;

namespace Megatux.EndToEnd.Tests;

/// <summary>Alone: what other tests start and plug would look like traces.</summary>
[CollectionDefinition(nameof(LocalBootTests), DisableParallelization = true)]
public sealed class LocalBootAlone : ICollectionFixture<LocalExperiments>;

/// <summary>Whole experiments on this machine: hosts are containers of their image, guests run under real hypervisors.</summary>
[Collection(nameof(LocalBootTests))]
public sealed class LocalBootTests(LocalExperiments experiments) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public void Dispose() => experiments.End();

    [Theory]
    [InlineData("uml")]
    [InlineData("container")]
    [InlineData("qemu")]
    public void Every_node_finds_out_who_it_is_reaches_all_others_by_name_and_leaves_no_trace(string hypervisor)
    {
        LocalExperiment local = experiments.Of(hypervisor);
        string before = LocalExperiment.Traces();
        CommandResult booted = local.Boot().Succeeded();
        Assert.Contains("megatuxd", LocalExperiment.Traces(), StringComparison.Ordinal);
        Assert.Contains("All 8 nodes are up", booted.Output, StringComparison.Ordinal);

        // Name, address and routes, as the plan has them.
        string self = local.In("vm2.h8", "hostname; ip -4 addr show eth0; ip route; cat /tmp/ran").Succeeded().Output;
        Assert.StartsWith("vm2.h8\n", self, StringComparison.Ordinal);
        Assert.Contains("inet 10.0.1.4/24", self, StringComparison.Ordinal);
        Assert.Contains("default via 10.0.1.1 dev eth0", self, StringComparison.Ordinal);
        Assert.EndsWith("\nvm2.h8\n", self, StringComparison.Ordinal);

        // Overlays arrive where they should, and nowhere else.
        Assert.Equal("yes\nyes\n", local.In("vm0.h8", "cat /etc/everywhere /etc/only-here").Succeeded().Output);
        Assert.Equal("/etc/everywhere\n", local.In("vm0.h7", "ls /etc/everywhere /etc/only-here 2>/dev/null; true").Succeeded().Output);

        // Every guest reaches every guest of the other host by name, and the other way round.
        foreach ((string from, string to) in new[] { ("h7", "h8"), ("h8", "h7") })
            for (int guest = 0; guest < 3; guest++)
                local.In($"vm{guest}.{from}", $"for i in 0 1 2; do ping -c 1 -W 5 vm$i.{to} || exit 1; done").Succeeded();
        Assert.Contains("vm1.h7", local.In("vm0.h8", "nslookup 10.0.0.3").Succeeded().Output, StringComparison.Ordinal);
        Assert.NotEqual(0, local.In("vm0.h8", "nslookup vm3.h7").ExitCode);

        Assert.Contains("is halted", local.Halt().Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(before, LocalExperiment.Traces());
    }

    [Fact]
    public void Guests_that_die_are_started_again_and_counted_and_those_that_are_told_to_are_not_counted()
    {
        LocalExperiment local = experiments.Of("uml");
        local.Boot().Succeeded();
        local.In("vm0.h7", "touch /tmp/first-life").Succeeded();
        LocalExperiment.Megatux("reboot", "vm0.h7", "--experiment", Path.GetFileName(local.RunFolder)).Succeeded();
        AwaitUp(local, () => local.In("vm0.h7", "test ! -e /tmp/first-life").ExitCode == 0);
        Assert.Equal(0, Failures(local));

        local.In("vm1.h7", "kill -SEGV 1; echo c >/proc/sysrq-trigger");
        AwaitUp(local, () => Failures(local) == 1);
    }

    [Fact]
    public void What_is_killed_with_SIGKILL_takes_everything_along_and_halt_removes_the_rest()
    {
        LocalExperiment local = experiments.Of("uml");
        string before = LocalExperiment.Traces();
        local.Boot().Succeeded();
        Command.Run("kill", ["-KILL", File.ReadAllText(Path.Combine(local.RunFolder, "pid")).Split(' ')[0]]).Succeeded();
        Assert.True(SpinWait.SpinUntil(() => !LocalExperiment.Traces().Contains("linux-guest", StringComparison.Ordinal), Patience), "guests survived");
        Assert.Contains("does not answer", LocalExperiment.Megatux("status", "--experiment", Path.GetFileName(local.RunFolder)).Error, StringComparison.Ordinal);
        local.Halt().Succeeded();
        Assert.Equal(before, LocalExperiment.Traces());
    }

    [Fact]
    public void A_second_boot_says_so_and_two_experiments_run_side_by_side()
    {
        LocalExperiment local = experiments.Of("uml");
        using var other = new LocalExperiment("uml");
        local.Boot().Succeeded();
        CommandResult second = local.Boot();
        Assert.Equal(2, second.ExitCode);
        Assert.Contains("MTX3502", second.Error, StringComparison.Ordinal);
        other.Boot().Succeeded();
        Assert.Contains("say which with --experiment", LocalExperiment.Megatux("status").Error, StringComparison.Ordinal);
        local.Halt().Succeeded();
        Assert.Equal("vm0.h7\n", other.In("vm0.h7", "hostname").Succeeded().Output);
    }

    private static long Failures(LocalExperiment local)
    {
        using JsonDocument status = JsonDocument.Parse(local.Status());
        return status.RootElement.GetProperty("failures").GetInt64();
    }

    private static void AwaitUp(LocalExperiment local, Func<bool> condition)
    {
        Assert.True(SpinWait.SpinUntil(() =>
        {
            Thread.Sleep(200);
            using JsonDocument status = JsonDocument.Parse(local.Status());
            return status.RootElement.GetProperty("guests").TryGetProperty("up", out JsonElement up) && up.GetString() == "vm[0-2].h[7-8]" && condition();
        }, Patience), string.Create(CultureInfo.InvariantCulture, $"not so after {Patience.TotalSeconds} s: {local.Status()}"));
    }
}
