using Megatux.Model;

namespace Megatux.EndToEnd.Tests;

/// <summary>Clusters of machines without disks, which boot over a network of their own by iPXE, dnsmasq and an HTTP server.</summary>
[Collection(nameof(LocalBootTests))]
public sealed class NetbootedClusterTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TempFolder _folder = new();

    private string Tree => _folder["netboot"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_machines_boot_a_deployment_with_their_guests_go_on_with_the_next_one_by_kexec_and_back_by_a_rollback()
    {
        BootNetwork.Require();
        using var local = new LocalExperiment("uml", guests: 2, items: """
            <HostOverlay Include="host" />
            <HostOverlay Include="own" Nodes="h8" />
            <Validation Include="kernel" Nodes="hosts" Command="uname -s" Expect="Linux" />
            """,
            programs: [("host/etc/release", "first\n"), ("own/etc/own", "mine\n")]);
        string before = LocalExperiment.Traces();
        LocalExperiment.Megatux("deploy", local.Experiment.ProjectFile, "--to", Tree).Succeeded();
        Assert.Contains("All 6 nodes are up", local.Boot("--hosts", "netboot", "--from", Tree).Succeeded().Output, StringComparison.Ordinal);
        CommandResult validated = LocalExperiment.Megatux("validate", local.Experiment.ProjectFile, "--junit", _folder["report.xml"]);
        Assert.True(validated.ExitCode == 0, validated.All);
        Assert.Matches(@"up +6 +6 +0 .*pass[\s\S]*plan +6 +6 +0 .*pass[\s\S]*kernel +2 +2 +0 .*pass", validated.Output);
        string commandLine = local.Run("hosts", "cat", "/proc/cmdline").Succeeded().Output;
        Assert.Contains($"megatux.master={LocalExperiment.Master}", commandLine, StringComparison.Ordinal);
        Assert.DoesNotContain("megatux.node=", commandLine, StringComparison.Ordinal);
        AssertAllSay("h[7-8]", "first", local.Run("hosts", "cat", "/etc/release"));
        Assert.Equal("vm1.h7\n", local.In("vm1.h7", "hostname").Succeeded().Output);
        local.In("vm0.h8", "for name in vm1.h7 h8; do ping -c 1 -W 5 $name || exit 1; done").Succeeded();

        AssertAllSay("h[7-8]", "65536", local.Run("hosts", "cat", "/proc/sys/net/ipv4/neigh/default/gc_thresh3"));

        // A member that only one of them gets.
        AssertAllSay("h8", "mine", local.Run("h8", "cat", "/etc/own"));
        Assert.Contains("No such file", local.Run("h7", "cat", "/etc/own").All, StringComparison.Ordinal);

        // The key that came with the image is on no file of theirs.
        Assert.Contains("No such file", local.Run("hosts", "ls", "/etc/megatux/key.pem").All, StringComparison.Ordinal);

        local.Experiment.Write("host/etc/release", "second\n");
        local.Experiment.BuildWell();
        CommandResult rolled = LocalExperiment.Megatux("deploy", local.Experiment.ProjectFile, "--to", Tree, "--kexec", "hosts").Succeeded();
        Assert.Contains("2 hosts (h[7-8]) run", rolled.Output, StringComparison.Ordinal);
        AssertAllSay("h[7-8]", "second", local.Run("hosts", "cat", "/etc/release"));
        AssertAllSay("h8", "mine", local.Run("h8", "cat", "/etc/own"));
        AssertAllSay("vm[0-1].h[7-8]", "yes", local.Run("guests", "cat", "/etc/everywhere"));

        // Back, one host alone.
        LocalExperiment.Megatux("deploy", "--to", Tree, "--rollback", "--kexec", "h8").Succeeded();
        Assert.Equal("first\n", local.In("h8", "cat /etc/release").Succeeded().Output);
        Assert.Equal("second\n", local.In("h7", "cat /etc/release").Succeeded().Output);

        // Off by its plug, and on again: what the tree of files points to now.
        local.Job("ctl", "h7", "reboot").Succeeded();
        Assert.Contains("\"booting\":\"h7\"", local.Status(), StringComparison.Ordinal);
        Assert.True(SpinWait.SpinUntil(() => !local.Status().Contains("\"booting\"", StringComparison.Ordinal), Patience), local.Status());
        AssertAllSay("h7", "first", local.Run("h7", "cat", "/etc/release"));
        local.Halt().Succeeded();
        Assert.Equal(before, LocalExperiment.Traces());
    }

    [Fact]
    public void A_machine_that_is_never_switched_on_is_named_with_its_guests_and_nobody_else_is()
    {
        BootNetwork.Require();
        using var local = new LocalExperiment("container", guests: 2);
        local.Boot("--hosts", "netboot", "--only", "h7").Succeeded();
        CommandResult validated = LocalExperiment.Megatux("validate", local.Experiment.ProjectFile, "--all", "--wait", "5");
        Assert.Equal(1, validated.ExitCode);
        Assert.Matches(@"up +6 +3 +3 .*FAIL\n  h8,vm\[0-1\]\.h8 \(3\): down\nplan +6 +3 +3 .*FAIL\n  h8,vm\[0-1\]\.h8 \(3\): not up\n", validated.Output);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cluster_that_was_switched_on_by_somebody_else_is_controlled_from_its_boot_server(bool uefi)
    {
        BootNetwork.Require();
        if (uefi)
            BootNetwork.RequireUefi();
        using var local = new LocalExperiment("container", """
            <HostNetwork>10.77.0.0/24</HostNetwork>
            <FirstHostAddress>10.77.0.2</FirstHostAddress>
            """, hosts: "h8", guests: 2);
        string megatux = PublishedCommand.Path, of = $"--experiment {local.Name}";
        CommandResult result = BootNetwork.Run(_folder, $"""
            mount -t proc proc /proc
            {megatux} deploy {local.Experiment.ProjectFile} --to {Tree}
            $dnsmasq --conf-file={Tree}/dnsmasq.conf --tftp-root={Tree},eth0 &
            busybox httpd -f -p 10.77.0.1:80 -h {Tree} &
            {megatux} boot {local.Experiment.ProjectFile} --hosts cluster --no-wait
            {BootNetwork.Emulator} {BootNetwork.Machine} -m 768 {(uefi ? BootNetwork.ByUefi : BootNetwork.ByIpxe)},netdev=net,mac=52:54:00:12:34:56 </dev/null >{_folder["console"]} 2>&1 &
            machine=$!
            tries=0
            until {megatux} stat {of} | grep -q '^up  *3 '; do tries=$((tries+1)); [ $tries -lt 600 ]; sleep 0.2; done
            {megatux} status {of}
            {megatux} run --no-input {of} everything -- hostname
            {megatux} ps {of} all
            {megatux} run --no-input {of} hosts -- sh -c 'test -e /sys/firmware/efi && echo by UEFI || echo by BIOS'
            {megatux} boot {local.Experiment.ProjectFile} --hosts cluster || echo refused twice
            {megatux} ctl {of} h8 halt
            wait $machine
            echo switched off
            {megatux} halt {local.Name}
            """);
        foreach (string part in (string[])["h8: h8\n", "vm0.h8: vm0.h8\n", "up              1  h8\n", "up              2  vm[0-1].h8\n", $"h8: by {(uefi ? "UEFI" : "BIOS")}\n", "refused twice", "switched off\n", "is halted"])
            Assert.True(result.All.Contains(part, StringComparison.Ordinal), $"'{part}' is missing:\n{result.All}");
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void A_cluster_without_an_address_here_or_with_somebody_at_its_port_is_refused()
    {
        BootNetwork.Require();
        using var local = new LocalExperiment("container", "<HostNetwork>10.77.0.0/24</HostNetwork>", hosts: "h8", guests: 1);
        Assert.Contains("10.77.0.0/24", Refused(local, "--hosts", "cluster"), StringComparison.Ordinal);
        Assert.Contains("192.0.2.7", Refused(local, "--hosts", "cluster", "--address", "192.0.2.7"), StringComparison.Ordinal);
        CommandResult taken = BootNetwork.Run(_folder, $"""
            busybox nc -l -p 2223 </dev/null &
            tries=0
            until grep -q :08AF /proc/net/tcp /proc/net/tcp6; do tries=$((tries+1)); [ $tries -lt 100 ]; sleep 0.1; done
            {PublishedCommand.Path} boot {local.Experiment.ProjectFile} --hosts cluster || true
            """);
        Assert.Contains("MTX3517", taken.All, StringComparison.Ordinal);
        Assert.False(Directory.Exists(local.RunFolder));
    }

    [Fact]
    public void What_cannot_boot_over_a_network_is_refused_before_anything_starts_and_says_what_to_do()
    {
        BootNetwork.Require();
        using var local = new LocalExperiment("container", "<XprocPort>80</XprocPort>", guests: 2);
        Assert.Contains("Port 80", Refused(local, "--hosts", "netboot"), StringComparison.Ordinal);
        Assert.Contains("--hosts netboot", Refused(local, "--from", Tree), StringComparison.Ordinal);
        local.Experiment.Edit("<XprocPort>80</XprocPort>", "");
        local.Experiment.BuildWell();
        Assert.Contains("vm1.h7", Refused(local, "--hosts", "netboot", "--only", "vm0.h7"), StringComparison.Ordinal);
        Assert.Contains("MTX4101", Refused(local, "--hosts", "netboot", "--from", _folder.Path), StringComparison.Ordinal);
        Assert.Contains("dnsmasq-base", LocalExperiment.Within("mount -t tmpfs none /usr/sbin", "boot", local.Experiment.ProjectFile, "--hosts", "netboot").Error, StringComparison.Ordinal);

        // Another experiment's tree.
        using var other = new LocalExperiment("container", guests: 1);
        LocalExperiment.Megatux("deploy", other.Experiment.ProjectFile, "--to", Tree).Succeeded();
        Assert.Contains(other.Name, Refused(local, "--hosts", "netboot", "--from", Tree), StringComparison.Ordinal);

        // Containers have the kernel of this machine.
        local.Boot().Succeeded();
        LocalExperiment.Megatux("deploy", local.Experiment.ProjectFile, "--to", _folder["own"]).Succeeded();
        CommandResult kexec = LocalExperiment.Megatux("deploy", "--to", _folder["own"], "--kexec", "hosts");
        Assert.Contains("MTX4106", kexec.Error, StringComparison.Ordinal);
        Assert.Contains("This host did not boot over a network", local.Run("hosts", "/sbin/megatuxd", "load-deployment", "/", "quiet").All, StringComparison.Ordinal);
    }

    // Those who say it late have a line of their own.
    private static void AssertAllSay(string nodes, string text, CommandResult result)
    {
        IEnumerable<string[]> lines = result.Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": "));
        Assert.Equal(NodeSet.Parse(nodes), NodeSet.UnionOf(lines.Where(line => line[1] == text).Select(line => NodeSet.Parse(line[0]))));
    }

    private static string Refused(LocalExperiment local, params string[] words)
    {
        CommandResult refused = LocalExperiment.Megatux(["boot", local.Experiment.ProjectFile, .. words]);
        Assert.Equal(2, refused.ExitCode);
        Assert.False(Directory.Exists(local.RunFolder), "something is left of it");
        return refused.Error;
    }
}
