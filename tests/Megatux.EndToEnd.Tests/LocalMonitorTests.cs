using System.Globalization;
using System.Text.Json;
using Megatux.Model;

namespace Megatux.EndToEnd.Tests;

/// <summary>How nodes are, as real ones say it.</summary>
[Collection(nameof(LocalBootTests))]
public sealed class LocalMonitorTests
{
    private const string Everyone = "vm[0-2].h[7-8],h[7-8]";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    [Theory]
    [InlineData("container")]
    [InlineData("uml")]
    public void What_is_reported_is_what_nodes_find_in_their_own_proc_and_goes_on_when_daemons_die(string hypervisor)
    {
        using var local = new LocalExperiment(hypervisor, programs: ("all/etc/megatux/run.d/20-fact", "#!/bin/sh\nmkdir -p /run/megatux/mon && echo '(queue 17)' >/run/megatux/mon/mail\n"));
        local.Boot().Succeeded();
        local.AwaitTree();
        AwaitAll(local);

        // A node's own words against what it says to whoever asks.
        string raw = local.Job("mon", "--once", "--raw", "vm1.h8").Succeeded().Output;
        string total = local.In("vm1.h8", "awk '/^MemTotal/ {print $2}' /proc/meminfo").Succeeded().Output.Trim();
        Assert.Contains($"(memory {total} ", raw, StringComparison.Ordinal);
        Assert.Contains("\"vm1.h8\"", raw, StringComparison.Ordinal);
        Assert.Contains("(user (mail (queue 17)))", raw, StringComparison.Ordinal);
        double uptime = double.Parse(local.In("vm1.h8", "cut -d' ' -f1 /proc/uptime").Succeeded().Output, CultureInfo.InvariantCulture);
        string said = raw[(raw.IndexOf("(uptime ", StringComparison.Ordinal) + 8)..];
        Assert.InRange(double.Parse(said[..said.IndexOf(')', StringComparison.Ordinal)], CultureInfo.InvariantCulture), uptime - 30, uptime);

        // A program of one's own, on every level, and after the daemons that ran it are others.
        string program = local.Experiment.Write("queues.scm", "(define (sample node s) (list (list 'mail (group (cadr (assoc 'mail (cdr (assoc 'user s))))))))");
        local.Job("mon", "--program", program, "--once");
        local.KillTreeDaemons(TimeSpan.FromSeconds(0.5));
        AwaitAll(local);
        Assert.True(SpinWait.SpinUntil(() => local.Job("mon", "--once", "--json").Output.Contains("vm[0-2].h[7-8]", StringComparison.Ordinal), Patience), "no reduction of one's own");
        local.Halt().Succeeded();
    }

    [Fact]
    public void What_scripts_of_a_guest_write_that_is_nonsense_is_told_of_in_its_place_and_holds_up_nobody()
    {
        using var local = new LocalExperiment("container");
        local.Boot().Succeeded();
        local.AwaitTree();
        AwaitAll(local);
        local.In("vm0.h7", "mkdir -p /run/megatux/mon; for i in 1 2 3; do head -c 5000 /dev/urandom >/run/megatux/mon/noise$i; done; mkfifo /run/megatux/mon/pipe; echo '((((' >/run/megatux/mon/open").Succeeded();
        AwaitAll(local);
        string raw = local.Job("mon", "--once", "--raw", "vm0.h7").Succeeded().Output;
        Assert.Equal(5, raw.Split("(error ").Length - 1);
        local.Halt().Succeeded();
    }

    [Fact]
    public void An_experiment_without_monitoring_has_none_and_says_so()
    {
        using var local = new LocalExperiment("container", "<PushmonInterval>0</PushmonInterval>");
        local.Boot().Succeeded();
        local.AwaitTree();
        CommandResult none = local.Job("mon", "--once");
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("MTX4020", none.Error, StringComparison.Ordinal);
        local.Halt().Succeeded();
    }

    private static void AwaitAll(LocalExperiment local) => Assert.True(SpinWait.SpinUntil(() =>
    {
        CommandResult once = local.Job("mon", "--once", "--json");
        if (once.ExitCode != 0 || once.Output.Length == 0)
            return false;
        using var report = JsonDocument.Parse(once.Output);
        long all = NodeSet.Parse(Everyone).Count;
        return (report.RootElement.GetProperty("contributors").GetInt64(), report.RootElement.GetProperty("expected").GetInt64()) == (all, all);
    }, Patience), "not all nodes report");
}
