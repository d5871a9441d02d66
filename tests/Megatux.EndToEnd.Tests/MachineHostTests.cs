namespace Megatux.EndToEnd.Tests;

/// <summary>Experiments whose hosts are whole machines, which boot the kernel and image that the build made.</summary>
[Collection(nameof(LocalBootTests))]
public sealed class MachineHostTests(LocalExperiments experiments)
{
    [Fact]
    public void A_host_is_a_machine_of_its_own_with_guests_that_reach_it_and_each_other_and_leaves_no_trace()
    {
        using var local = new LocalExperiment("uml", hosts: "h8", guests: 2);
        string before = LocalExperiment.Traces();
        CommandResult booted = local.Boot("--hosts", "qemu").Succeeded();
        Assert.Contains("All 3 nodes are up", booted.Output, StringComparison.Ordinal);
        Assert.Contains("qemu-system-x86_64", LocalExperiment.Traces(), StringComparison.Ordinal);

        // The host has a kernel of its own; its address was computed, and its interface renamed where that was needed.
        Assert.Contains("megatux.node=h8", local.In("h8", "cat /proc/cmdline").Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("inet 172.31.0.1/16", local.In("h8", "ip -4 addr show eth0").Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal("vm1.h8\nyes\n", local.In("vm1.h8", "hostname; cat /etc/everywhere").Succeeded().Output);
        local.In("vm0.h8", "for name in vm1.h8 h8; do ping -c 1 -W 5 $name || exit 1; done").Succeeded();
        local.In("h8", "ping -c 1 -W 5 10.0.0.2").Succeeded();

        local.Halt().Succeeded();
        Assert.Equal(before, LocalExperiment.Traces());
    }

    [Fact]
    public void A_machine_without_QEMU_is_told_which_package_it_lacks()
    {
        LocalExperiment local = experiments.Of("uml");
        CommandResult refused = Command.Run(PublishedCommand.Path,
            ["boot", local.Experiment.ProjectFile, "--hosts", "qemu"],
            environment: new Dictionary<string, string?> { ["PATH"] = "/nonexistent" });
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("MTX3103", refused.Error, StringComparison.Ordinal);
        Assert.Contains("qemu-system-x86", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(local.RunFolder));
    }

    [Fact]
    public void Hosts_that_need_more_memory_than_there_is_are_refused_before_anything_starts()
    {
        using var local = new LocalExperiment("uml", "<HostMemory>4096G</HostMemory>", hosts: "h8", guests: 1);
        CommandResult refused = local.Boot("--hosts", "qemu");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("MTX3104", refused.Error, StringComparison.Ordinal);
        Assert.Contains("HostMemory", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(local.RunFolder));
    }

    [Fact]
    public void Hosts_of_a_kind_that_there_is_not_are_refused_with_the_kinds_that_there_are()
    {
        CommandResult refused = LocalExperiment.Megatux("boot", "anything", "--hosts", "nonsense");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("'container'", refused.All, StringComparison.Ordinal);
        Assert.Contains("'qemu'", refused.All, StringComparison.Ordinal);
    }
}
