using Megatux.Model;

namespace Megatux.EndToEnd.Tests;

/// <summary>Jobs on experiments of real hosts and guests.</summary>
[Collection(nameof(LocalBootTests))]
public sealed class LocalJobTests
{
    [Theory]
    [InlineData("container")]
    [InlineData("uml")]
    public void What_nodes_say_comes_back_folded_with_their_exit_codes(string hypervisor)
    {
        string before = LocalExperiment.Traces();
        using (var local = new LocalExperiment(hypervisor))
        {
            local.Boot().Succeeded();
            local.AwaitTree();

            Assert.Equal("vm[0-2].h[7-8]: same\n", local.Run("all", "echo", "same").Succeeded().Output);
            Assert.Equal("h[7-8]: same\n", local.Run("hosts", "echo", "same").Succeeded().Output);
            string[] names = local.Run("vm[0-2].h7", "hostname").Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(["vm0.h7: vm0.h7", "vm1.h7: vm1.h7", "vm2.h7: vm2.h7"], names.Order());

            CommandResult failed = local.Run("vm[0-1].h[7-8]", "test $(hostname) != vm1.h8 || exit 7");
            Assert.Equal(7, failed.ExitCode);
            Assert.Contains("vm1.h8", failed.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("vm0.h7", failed.Error, StringComparison.Ordinal);

            // What whoever booted it has in the environment is nobody else's concern.
            Assert.Equal("vm[0-2].h[7-8]: /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n", local.Run("all", "echo $PATH").Succeeded().Output);

            // Streams apart, and as much as no node keeps at once.
            CommandResult both = local.Run("vm0.h7", "echo out; echo err >&2").Succeeded();
            Assert.Equal(("vm0.h7: out\n", "vm0.h7: err\n"), (both.Output, both.Error));
            string[] lines = local.Run("vm[0-2].h8", "i=0; while [ $i -lt 20000 ]; do echo line-$i; i=$((i+1)); done").Succeeded()
                .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach (string node in (string[])["vm0.h8", "vm1.h8", "vm2.h8"])
                Assert.Equal(Enumerable.Range(0, 20000).Select(i => $"line-{i}"), lines.Select(line => line.Split(": ")).Where(parts => NodeSet.Parse(parts[0]).Contains(node)).Select(parts => parts[1]));

            CommandResult unknown = local.Run("vm0.h7,vm9.h7,other", "echo", "runs");
            Assert.Equal("vm0.h7: runs\n", unknown.Output);
            Assert.Contains("other", unknown.Error, StringComparison.Ordinal);

            CommandResult missing = local.Run("vm[0-2].h7", "no-such-program", "x");
            Assert.NotEqual(0, missing.ExitCode);
            Assert.Contains("no-such-program", missing.All, StringComparison.Ordinal);
            local.Halt().Succeeded();
        }

        Assert.Equal(before, LocalExperiment.Traces());
    }

    [Fact]
    public void Jobs_outlive_every_daemon_of_the_tree_and_lose_no_line()
    {
        using var local = new LocalExperiment("container");
        local.Boot().Succeeded();
        local.AwaitTree();
        string job = local.Job("run", "--detach", "all", "--", "i=0; while [ $i -lt 40 ]; do echo line-$i; i=$((i+1)); sleep 0.25; done").Succeeded().Output.Trim();

        // Each of them, the root too, while all nodes write.
        local.KillTreeDaemons(TimeSpan.FromSeconds(0.7));
        local.KillTreeDaemons(TimeSpan.FromSeconds(0.7));
        local.AwaitTree();

        // The same as commands have it: that of one host, then the root's.
        foreach (string[] rejoin in (string[][])[["ctl", "vm2.h8", "rejoin"], ["bpctl", "-M", "--reconnect"]])
        {
            int[] before = [.. local.TreeDaemons()];
            Assert.Equal(3, before.Length);
            local.Job(rejoin).Succeeded();
            Assert.True(SpinWait.SpinUntil(() => local.TreeDaemons().ToArray() is { Length: 3 } after && after.Intersect(before).Count() == 2, TimeSpan.FromSeconds(20)));
            local.AwaitTree();
        }

        CommandResult attached = local.Ask("attach", job).Succeeded();
        string[] lines = attached.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int line = 0; line < 40; line++)
            Assert.Equal(6, lines.Where(text => text.EndsWith($": line-{line}", StringComparison.Ordinal)).Sum(text => NodeSet.Parse(text.Split(": ")[0]).Count));
        local.Halt().Succeeded();
    }

    [Theory]
    [InlineData("container")]
    [InlineData("uml")]
    public void Input_waits_where_it_comes_from_until_the_slowest_node_reads_it(string hypervisor)
    {
        const int bytes = 3_000_000;
        using var local = new LocalExperiment(hypervisor);
        local.Boot().Succeeded();
        local.AwaitTree();
        CommandResult read = Command.Run("sh", ["-c", $"""
            head -c {bytes} /dev/zero | {PublishedCommand.Path} run --experiment {local.Name} all -- 'test $(hostname) != vm1.h8 || sleep 2; wc -c'
            """]).Succeeded();
        Dictionary<string, NodeSet> counted = read.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": "))
            .GroupBy(parts => parts[1]).ToDictionary(parts => parts.Key, parts => NodeSet.UnionOf(parts.Select(part => NodeSet.Parse(part[0]))));
        Assert.Equal("vm[0-2].h[7-8]", Assert.Single(counted).Value.ToString());
        Assert.Equal($"{bytes}", counted.Keys.Single());

        // Who reads nothing and ends does not keep the others from the rest.
        Command.Run("sh", ["-c", $"head -c {bytes} /dev/zero | {PublishedCommand.Path} run --experiment {local.Name} all -- 'test $(hostname) = vm1.h8 || cat >/dev/null'"]).Succeeded();
        local.Halt().Succeeded();
    }

    [Fact]
    public void A_node_that_ends_is_lost_to_its_jobs_and_others_are_not()
    {
        using var local = new LocalExperiment("container");
        local.Boot().Succeeded();
        local.AwaitTree();
        string job = local.Job("run", "--detach", "vm[0-2].h[7-8]", "--", "sleep 20; echo done").Succeeded().Output.Trim();
        local.Ask("reboot", "vm1.h7").Succeeded();
        CommandResult attached = local.Ask("attach", job);
        Assert.NotEqual(0, attached.ExitCode);
        Assert.Equal("vm[0,2].h[7-8],vm1.h8: done\n", attached.Output);
        Assert.Contains("vm1.h7", attached.Error, StringComparison.Ordinal);
        local.Halt().Succeeded();
    }

    [Fact]
    public void What_a_guest_says_of_others_is_said_of_itself_and_what_it_sends_without_end_harms_nobody()
    {
        using var local = new LocalExperiment("uml");
        local.Boot().Succeeded();
        local.AwaitTree();
        string job = local.Job("run", "--detach", "vm[0-1].h8", "--", "sleep 15; echo honest").Succeeded().Output.Trim();

        // A records message of that job: of vm1.h8, its first, that it has ended with 0; then parts of messages without end.
        string number = string.Concat(Convert.FromHexString(job).Reverse().Select(octet => $"\\{Convert.ToString(octet, 8).PadLeft(3, '0')}"));
        local.In("vm0.h8", $$"""
            printf '\046\000\012\000\105\000{{number}}\001\000\000\000\006\000\000\000vm1.h8\000\000\000\000\003\004\000\000\000\000\000\000\000' >/dev/tty1
            i=0; while [ $i -lt 2000 ]; do printf '\011\000\012\001abcdefgh\011\000\012\000abcdefgh'; i=$((i+1)); done >/tmp/parts
            setsid sh -c '(cat /tmp/parts /tmp/parts >/dev/tty1) &' >/dev/null 2>&1
            true # last, so that setsid is a process of its own, and out of the group that ends here
            """).Succeeded();
        CommandResult attached = local.Ask("attach", job);
        Assert.Contains("vm1.h8: honest\n", attached.Output, StringComparison.Ordinal);
        Assert.Equal("vm[1-2].h8: well\n", local.Run("vm[1-2].h8", "echo", "well").Succeeded().Output);
        local.Halt().Succeeded();
    }
}
