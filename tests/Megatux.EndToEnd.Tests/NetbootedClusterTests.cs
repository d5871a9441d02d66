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
        using var local = new LocalExperiment("uml", guests: 2, items: """<HostOverlay Include="host" /><HostOverlay Include="own" Nodes="h8" />""",
            programs: [("host/etc/release", "first\n"), ("own/etc/own", "mine\n")]);
        string before = LocalExperiment.Traces();
        LocalExperiment.Megatux("deploy", local.Experiment.ProjectFile, "--to", Tree).Succeeded();
        Assert.Contains("All 6 nodes are up", local.Boot("--hosts", "netboot", "--from", Tree).Succeeded().Output, StringComparison.Ordinal);
        string commandLine = local.Run("hosts", "cat", "/proc/cmdline").Succeeded().Output;
        Assert.Contains($"megatux.master={LocalExperiment.Master}", commandLine, StringComparison.Ordinal);
        Assert.DoesNotContain("megatux.node=", commandLine, StringComparison.Ordinal);
        AssertAllSay("h[7-8]", "first", local.Run("hosts", "cat", "/etc/release"));
        Assert.Equal("vm1.h7\n", local.In("vm1.h7", "hostname").Succeeded().Output);
        local.In("vm0.h8", "for name in vm1.h7 h8; do ping -c 1 -W 5 $name || exit 1; done").Succeeded();

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
