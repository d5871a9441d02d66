using System.Globalization;
using System.Text.RegularExpressions;

namespace Megatux.EndToEnd.Tests;

/// <summary>What goes wrong with jobs on real nodes: it is told by the names of nodes, and harms no others.</summary>
[Collection(nameof(LocalBootTests))]
public sealed partial class LocalJobFaultTests(BootedExperiments booted) : IClassFixture<BootedExperiments>
{
    private const string Everyone = "vm[0-1].h[7-8]";

    /// <summary>What is kept of a job, and the most that a daemon may ever have taken, in KiB, whatever passed it.</summary>
    private const long KeptBytes = 256L << 20, MostMemory = 80 << 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Of_more_output_than_is_kept_the_rest_is_counted_and_neither_memory_nor_other_nodes_pay_for_it()
    {
        const long much = 1_000_000_000;
        LocalExperiment local = Booted("container");
        string job = local.Job("run", "--detach", "vm0.h7", "--", $"head -c {much} /dev/zero").Succeeded().Output.Trim();
        Assert.Equal($"{Everyone}: here\n", local.Run("all", "echo", "here").Succeeded().Output);

        CommandResult over = local.Job("attach", "--no-output", job).Succeeded();
        Match dropped = Dropped().Match(over.Error);
        Assert.True(dropped.Success, over.Error);
        Assert.InRange(long.Parse(dropped.Groups[1].Value, CultureInfo.InvariantCulture), much - KeptBytes, much - KeptBytes * 9 / 10);
        int[] daemons = [.. local.TreeDaemons()];
        Assert.Equal(3, daemons.Length);
        Assert.All(daemons, daemon => Assert.InRange(PeakMemory(daemon), 1, MostMemory));
    }

    [Fact]
    public void What_is_no_text_comes_back_byte_for_byte()
    {
        LocalExperiment local = Booted("container");
        string all = string.Concat(Enumerable.Range(0, 256).Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
        CommandResult raw = Command.Run("sh", ["-c", $"""
            {PublishedCommand.Path} run --experiment {local.Name} --no-input --raw vm1.h8 -- 'i=0; while [ $i -lt 256 ]; do printf "\\$(printf %03o $i)"; i=$((i+1)); done' | od -An -v -tx1 | tr -d ' \n'
            """]).Succeeded();
        Assert.Equal((all, ""), (raw.Output, raw.Error));
    }

    [Theory]
    [InlineData("container")]
    [InlineData("uml")]
    public void A_node_that_hangs_is_not_waited_for_longer_than_asked_and_can_be_given_up(string hypervisor)
    {
        LocalExperiment local = Booted(hypervisor);
        string pid = local.Ask("ps", "vm1.h7").Succeeded().Output.Split('\n')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        local.In("h7", $"kill -STOP {pid}").Succeeded();
        try
        {
            CommandResult waited = local.Job("run", "--no-input", "--wait", "2", "all", "--", "echo", "here");
            Assert.Equal((124, "vm0.h[7-8],vm1.h8: here\n"), (waited.ExitCode, waited.Output));
            Assert.Contains("not over: vm1.h7 (1)", waited.Error, StringComparison.Ordinal);

            string job = Job().Match(waited.Error).Groups[1].Value;
            local.Job("kill", "--give-up", job).Succeeded();
            CommandResult over = local.Job("attach", job);
            Assert.Equal(255, over.ExitCode);
            Assert.Contains("lost: vm1.h7 (1)", over.Error, StringComparison.Ordinal);
        }
        finally
        {
            local.In("h7", $"kill -CONT {pid}").Succeeded();
        }

        Assert.Equal($"{Everyone}: here\n", local.Run("all", "echo", "here").Succeeded().Output);
    }

    [Fact]
    public void A_node_whose_disk_is_full_fails_with_that_and_the_others_do_not()
    {
        LocalExperiment local = Booted("container");
        CommandResult result = local.Run("all", "test $(hostname) != vm1.h8 || { dd if=/dev/zero of=/tmp/fill bs=65536; code=$?; rm /tmp/fill; exit $code; }");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("vm1.h8: dd: error writing '/tmp/fill': No space left on device\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("3 of 4 nodes succeeded; exit code 1: vm1.h8 (1).", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void When_the_disk_of_the_root_is_full_jobs_say_so_and_go_on_once_it_is_not()
    {
        LocalExperiment local = Booted("container");
        string jobs = Path.Combine(local.RunFolder, "jobs");
        local.InFrontEnd("--mount", "mount", "-t", "tmpfs", "-o", "size=1m", "none", jobs).Succeeded();
        try
        {
            CommandResult cut = local.Run("vm0.h7", "head -c 5000000 /dev/zero");
            Assert.Equal(255, cut.ExitCode);
            Assert.Contains("could not be kept", cut.Error, StringComparison.Ordinal);
            Assert.Contains("No space left on device", cut.Error, StringComparison.Ordinal);
            CommandResult refused = local.Run("all", "echo", "here");
            Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
            Assert.Contains("MTX3804", refused.Error, StringComparison.Ordinal);
        }
        finally
        {
            local.InFrontEnd("--mount", "umount", jobs).Succeeded();
        }

        Assert.Equal($"{Everyone}: here\n", local.Run("all", "echo", "here").Succeeded().Output);
    }

    [Fact]
    public void A_guest_that_runs_out_of_memory_loses_the_command_that_took_it_and_nothing_else()
    {
        LocalExperiment local = Booted("uml");
        string lives = local.Run("all", "cat /proc/sys/kernel/random/boot_id").Succeeded().Output;
        CommandResult result = local.Run("all", "test $(hostname) != vm0.h8 || x=$(head -c 200000000 /dev/zero | tr '\\0' x)");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("3 of 4 nodes succeeded; ", result.Error, StringComparison.Ordinal);
        Assert.Contains("vm0.h8 (1)", result.Error, StringComparison.Ordinal);
        Assert.Equal(lives.Split('\n').Order(), local.Run("all", "cat /proc/sys/kernel/random/boot_id").Succeeded().Output.Split('\n').Order());
    }

    [Fact]
    public void What_is_no_program_of_the_node_is_refused_by_name_and_by_a_shell_with_its_codes()
    {
        LocalExperiment local = Booted("container");

        // The start of a program for another processor (e_machine 183: AArch64), and a file that may not be run.
        local.Run("vm0.h7", """
            { printf '\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\002\000\267\000\001\000\000\000'; head -c 104 /dev/zero; } >/tmp/alien
            chmod 755 /tmp/alien; echo 'echo text' >/tmp/text
            """).Succeeded();
        foreach ((string program, string why) in ((string, string)[])[("/tmp/alien", "Exec format error"), ("/tmp/text", "Permission denied"), ("/tmp", "Permission denied"), ("/no/such", "No such file or directory")])
        {
            CommandResult refused = local.Run("vm0.h7", program, "word");
            Assert.Equal((255, ""), (refused.ExitCode, refused.Output));
            Assert.Contains($"vm0.h7: {program} cannot be started: ", refused.Error, StringComparison.Ordinal);
            Assert.Contains(why, refused.Error, StringComparison.Ordinal);
            Assert.Contains("could not start it: vm0.h7 (1)", refused.Error, StringComparison.Ordinal);
        }

        Assert.Equal(126, local.Run("vm0.h7", "/tmp/text; exit $?").ExitCode);
        Assert.Equal(127, local.Run("vm0.h7", "/no/such; exit $?").ExitCode);
    }

    [Fact]
    public void Who_lacks_the_key_of_the_tree_is_turned_away_with_a_reason_in_the_log_and_jobs_go_on()
    {
        LocalExperiment local = Booted("container");
        string job = local.Job("run", "--detach", "all", "--", "sleep 3; echo done").Succeeded().Output.Trim();
        using var folder = new TempFolder();
        Command.Run("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=megatux", "-keyout", folder["key"], "-out", folder["certificate"]]).Succeeded();

        foreach (string credentials in (string[])["", $"-cert {folder["certificate"]} -key {folder["key"]}", "-tls1_2"])
            local.InFrontEnd("--net", "sh", "-c", $"sleep 1 | timeout 10 openssl s_client -connect {LocalExperiment.Master}:2223 {credentials}");
        local.InFrontEnd("--net", "bash", "-c", $"echo no TLS at all >/dev/tcp/{LocalExperiment.Master}/2223").Succeeded();

        string log = Path.Combine(local.RunFolder, "front-end.log"), said = "";
        string[] reasons = ["it shows no key", "it shows another key than the experiment's", "it does not speak TLS 1.3"];
        Assert.True(SpinWait.SpinUntil(() => reasons.All((said = File.ReadAllText(log)).Contains), Patience), said);
        Assert.Equal($"{Everyone}: done\n", local.Job("attach", job).Succeeded().Output);
    }

    private LocalExperiment Booted(string hypervisor)
    {
        LocalExperiment local = booted.Of(hypervisor);
        local.AwaitTree();
        return local;
    }

    private static long PeakMemory(int process)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("([0-9]+) bytes of output were left out")]
    private static partial Regex Dropped();

    [GeneratedRegex("Job ([0-9a-f]{16}) is not over")]
    private static partial Regex Job();
}
