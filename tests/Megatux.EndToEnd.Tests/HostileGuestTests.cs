using System.Diagnostics;
using System.Text;
using Megatux.Agents;
using Megatux.Model;
using Megatux.Pushmon;
using Megatux.Tree;

namespace Megatux.EndToEnd.Tests;

/// <summary>What root in a guest tries against its host, this machine and the other guests.</summary>
[Collection(nameof(LocalBootTests))]
public sealed class HostileGuestTests(BootedExperiments booted) : IClassFixture<BootedExperiments>
{
    /// <summary>
    /// How much more memory than after its boot a host may take, in KiB, whatever its guests send it: twice the garbage that it
    /// lets come together.
    /// </summary>
    private const long MostMore = 16 << 10;

    // include/uapi/linux/capability.h, the bits of: CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, SETGID, SETUID, SETPCAP, NET_BIND_SERVICE,
    // NET_ADMIN, NET_RAW, SYS_CHROOT, AUDIT_WRITE, SETFCAP.
    private const string GuestCapabilities = "00000000a00435fb", FirstProcessCapabilities = "00000000a02435fb";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("uml")]
    [InlineData("container")]
    public void A_guest_reaches_no_address_of_this_machine_and_of_hosts_nothing_but_names(string hypervisor)
    {
        LocalExperiment local = booted.Of(hypervisor);
        string[] machine = Command.Run("sh", ["-c", "ip -4 -o addr show scope global | tr -s ' ' | cut -d' ' -f4 | cut -d/ -f1"]).Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string addresses = string.Join(' ', machine.Where(address => !address.StartsWith("10.0.", StringComparison.Ordinal)));

        // By the routes it has, and by one of its own to the other host; then the ports of hosts, on both of their networks.
        string reached = local.In("vm0.h7", $$"""
            for a in {{addresses}}; do ping -c 1 -W 1 $a >/dev/null && echo reached $a; ip route add $a via 10.0.0.1 2>/dev/null; ping -c 1 -W 1 $a >/dev/null && echo routed to $a; done
            for h in 10.0.0.1 172.31.0.1 172.31.0.2 10.0.1.1; do for p in 22 53 80 111 2223 8080; do nc -w 1 $h $p </dev/null >/dev/null 2>&1 && echo $h:$p; done; done; true
            """).Output;
        Assert.Equal("10.0.0.1:53\n10.0.1.1:53\n", reached);
        Assert.Equal("", local.In("vm0.h7", "find / -xdev -type s 2>/dev/null").Output);

        // Nor has its host the socket of the front-end.
        Assert.NotEqual(0, local.In("h7", "ls /run/megatux/*/control 2>/dev/null").ExitCode);
    }

    [Fact]
    public void Root_in_a_container_changes_nothing_of_this_machine()
    {
        LocalExperiment local = booted.Of("container");
        Assert.Contains($"CapBnd:\t{GuestCapabilities}\n", local.In("vm0.h7", "cat /proc/self/status").Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains($"CapBnd:\t{FirstProcessCapabilities}\n", local.In("vm0.h7", "cat /proc/1/status").Succeeded().Output, StringComparison.Ordinal);
        string done = local.In("vm0.h7", """
            try() { "$@" >/dev/null 2>&1 && echo "$*"; }
            put() { echo "$1" 2>/dev/null >"$2"; }
            try put 1 /proc/sys/vm/drop_caches
            try put '|/bin/false' /proc/sys/kernel/core_pattern
            try put 1 /proc/sys/kernel/sysrq
            try put h /proc/sysrq-trigger
            try put 1 /sys/kernel/mm/ksm/run
            for irq in /proc/irq/*/smp_affinity; do try put 1 $irq; done
            try mount -o remount,rw /proc
            try mount -t proc proc /tmp
            try mount -t devtmpfs none /tmp
            try mount -t tmpfs none /tmp
            try umount /proc/sys/net
            try mknod /tmp/disk b 8 0
            try mknod /tmp/memory c 1 1
            try head -c 1 /proc/kcore
            try dmesg
            date -s 2001-01-01 >/dev/null 2>&1; try test $(date +%Y) = 2001
            try hostname other
            try unshare -m true
            try chroot /proc/1/root/../.. test -e /run/megatux
            try insmod /bin/busybox
            try reboot -f
            try swapoff -a
            try nice -n -5 true
            try test -b /dev/* 
            true
            """).Succeeded().Output;
        Assert.Equal("", done);

        // And it is root of what is its own.
        local.In("vm0.h7", """
            set -e
            ping -c 1 -W 5 vm1.h8 >/dev/null
            echo 1 >/proc/sys/net/ipv4/ip_forward
            ip link set eth0 mtu 1400
            echo x >/etc/mine && chown 7:7 /etc/mine && chmod 4755 /etc/mine
            test "$(hostname)" = vm0.h7 && cat /tmp/ran >/dev/null
            """).Succeeded();

        // Memory that it can fill is its own, 40 MiB and 40 MiB.
        Assert.Matches(@"^\d{8}\n\d{8}\n\d{1,5}\n$", local.In("vm0.h7", "for f in /tmp /dev/shm /dev; do head -c 200000000 /dev/zero >$f/big 2>/dev/null; wc -c <$f/big; rm $f/big; done").Output);
    }

    [Fact]
    public void Root_under_UML_mounts_nothing_of_its_host_and_its_kernel_is_a_user_without_rights()
    {
        LocalExperiment local = booted.Of("uml");
        foreach (string folder in (string[])["/", "/etc", ".."])
            Assert.NotEqual(0, local.In("vm0.h7", $"mkdir -p /tmp/m && mount -t hostfs none /tmp/m -o {folder} && ls /tmp/m/sbin/megatuxd").ExitCode);
        string[] lines = local.In("h7", "for p in /proc/[0-9]*; do cat $p/cmdline 2>/dev/null | grep -a -q ^/megatux/guest/linux && echo $(grep -E '^(Uid|Gid|Groups|CapPrm|CapBnd|NoNewPrivs)' $p/status); done; true").Succeeded()
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Matches(@"^Uid: (\d{10}) \1 \1 \1 Gid: \1 \1 \1 \1 Groups: CapPrm: 0{16} CapBnd: 0{16} NoNewPrivs: 1$", line));
        Assert.Equal(2, lines.Distinct().Count());
    }

    [Theory]
    [InlineData("uml")]
    [InlineData("container")]
    public void A_console_that_is_flooded_and_one_that_is_not_read_hold_nobody_up(string hypervisor)
    {
        LocalExperiment local = booted.Of(hypervisor);
        local.In("vm0.h7", "touch /tmp/flood").Succeeded();
        Assert.True(SpinWait.SpinUntil(() => local.Ask("log", "vm0.h7").Output.Contains("flood\nflood\n", StringComparison.Ordinal), Patience), "no flood");
        Assert.InRange(Encoding.UTF8.GetByteCount(local.Ask("log", "vm0.h7").Output), 1, 80_000);
        AssertWell(local);

        // Nothing there reads what is typed, here a MiB.
        Command.Run("sh", ["-c", $"head -c 1000000 /dev/zero | timeout 5 {PublishedCommand.Path} console vm0.h7 --experiment {Path.GetFileName(local.RunFolder)} >/dev/null 2>&1"]);
        AssertWell(local);
    }

    [Theory]
    [InlineData("uml")]
    [InlineData("container")]
    public void An_answer_without_end_is_cut_and_said_to_be(string hypervisor)
    {
        LocalExperiment local = booted.Of(hypervisor);
        foreach (string node in (string[])["vm1.h8", "h8"])
        {
            CommandResult endless = local.In(node, "yes");
            Assert.Equal(2, endless.ExitCode);
            Assert.Contains("MTX3510", endless.Error, StringComparison.Ordinal);
            Assert.Equal(1 << 20, endless.Output.Length);
        }

        Assert.Equal(1 << 19, local.In("vm1.h8", "yes | head -c 524288").Succeeded().Output.Length);
        AssertWell(local);

        // What is asked may be more than a line, and not more than a message.
        Assert.Equal("one\ntwo\n", local.In("vm1.h8", "echo one\necho two").Succeeded().Output);
        Assert.Contains("MTX3514", local.In("vm1.h8", $"echo {new string('x', 5000)}").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_without_sense_or_end_cost_the_guest_its_channel_and_nobody_else_anything()
    {
        LocalExperiment local = booted.Of("uml");

        // Up, answers to what nobody asked, kinds that do not exist, by the thousand; then what is no message at all.
        local.In("vm0.h8", """
            i=0; while [ $i -lt 4000 ]; do printf '\000\000\001\004\000\001abcd\010\000\007\377\377\377\377abcd\004\000\007\001\000\000\000\002\000\005no\001\000\310x'; i=$((i+1)); done >/tmp/frames
            setsid sh -c '(sleep 1; cat /tmp/frames >/dev/tty1; echo sent >/dev/console; cat /dev/urandom >/dev/tty1; echo closed >/dev/console) &' >/dev/null 2>&1
            true # last, so that setsid is a process of its own, and out of the group that ends here
            """).Succeeded();
        foreach (string word in (string[])["sent", "closed"])
            Assert.True(SpinWait.SpinUntil(() => local.Ask("log", "vm0.h8").Output.Contains($"\n{word}", StringComparison.Ordinal), Patience), $"not {word}");
        AssertWell(local);
        var clock = Stopwatch.StartNew();
        Assert.Contains("does not answer", local.In("vm0.h8", "true").Error, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, ShellCommand.Limit / 2);

        // Its host can still end it.
        local.Ask("reboot", "vm0.h8").Succeeded();
        Assert.True(SpinWait.SpinUntil(() => local.In("vm0.h8", "true").ExitCode == 0, Patience), "it did not start again");
    }

    [Fact]
    public async Task A_guest_that_floods_monitoring_costs_nobody_else_a_sample_and_what_is_dropped_of_it_is_told_under_its_name()
    {
        const int manyFrames = 64, flood = 5_000;
        LocalExperiment local = booted.Of("uml");
        local.AwaitTree();
        byte[] frame = new byte[ChannelFrame.LongestMessage];
        int length = 0;
        MessageParts.Cut(new SampleMessage(uint.MaxValue, default, "((uptime 1) (load 99 99 99))"u8.ToArray()), PushCodec.Instance, ChannelFrame.LongestPayload,
            part => length = ChannelFrame.Write(frame, ChannelKind.Tree, part));

        // Whole frames at each write, so that the agent's own come between them and never within.
        local.In("vm0.h8", $"""
            echo {Convert.ToBase64String(frame.AsSpan(0, length))} | base64 -d >/tmp/frame
            i=0; while [ $i -lt {manyFrames} ]; do cat /tmp/frame; i=$((i+1)); done >/tmp/frames
            setsid sh -c '(i=0; while [ $i -lt 300 ]; do cat /tmp/frames; i=$((i+1)); done | dd bs={manyFrames * length} iflag=fullblock of=/dev/tty1; touch /tmp/flooded) &' >/dev/null 2>&1
            true # last, so that setsid is a process of its own
            """).Succeeded();
        var all = NodeSet.Parse("vm[0-1].h[7-8]");
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var last = new Dictionary<string, RawSample>();
        var others = new Dictionary<string, int>();
        await foreach (MonitorReport report in local.Monitor().WatchAsync(all, late.Token))
        {
            Assert.InRange(report.Contributors, 0, 6);
            foreach (RawSample raw in report.Raw)
            {
                last[raw.Node] = raw;
                others[raw.Node] = others.GetValueOrDefault(raw.Node) + 1;
            }

            if (others.Count == all.Count && others.Values.Min() > 5 && last["vm0.h8"].Dropped > flood && local.In("vm0.h8", "test -e /tmp/flooded").ExitCode == 0)
                break;
        }

        Assert.All(last.Where(node => node.Key != "vm0.h8"), node => Assert.InRange(node.Value.Dropped, 0, 50));
        AssertWell(local);
    }

    private void AssertWell(LocalExperiment local)
    {
        foreach (string guest in (string[])["vm1.h7", "vm1.h8"])
            Assert.Equal("well\n", local.In(guest, "echo well").Succeeded().Output);
        Assert.Contains("\"hosts\":{\"up\":\"h[7-8]\"}", local.Status(), StringComparison.Ordinal);
        foreach (string host in (string[])["h7", "h8"])
            Assert.InRange(BootedExperiments.Memory(local, host), 1, booted.MemoryAtRest(local, host) + MostMore);
    }
}
