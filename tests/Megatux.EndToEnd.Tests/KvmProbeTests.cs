using Megatux.Hypervisors;

namespace Megatux.EndToEnd.Tests;

/// <summary>What is found out about this machine's KVM, whatever it is.</summary>
public sealed class KvmProbeTests
{
    [Fact]
    public async Task The_probe_ends_and_a_machine_that_goes_by_its_answer_boots()
    {
        string kernel = Qemu.Kernel();
        KvmProbe found = await Task.Run(() => KvmProbe.Find(kernel, KvmProbe.UsualLimit)).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.NotEmpty(found.Reason);

        // Where it complains, it is of KVM, and not of an argument of ours.
        Assert.DoesNotContain(": -", found.Reason, StringComparison.Ordinal);
        using var image = new ThrowawayImage();
        image.Script("init", "echo I run; mount -t proc proc /proc; poweroff -f");
        using var folder = new TempFolder();
        await using Machine machine = new Hypervisors.Qemu(found).Launch(new MachineSpec
        {
            Name = "tried", Kernel = kernel, Initrd = image.Pack(), MemoryMiB = 128, CommandLine = [], Folder = folder.Path,
        });
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using CancellationTokenRegistration kill = late.Token.Register(machine.Kill);
        var lines = new List<string>();
        await foreach (string line in machine.ReadConsoleAsync())
            lines.Add(line);
        Assert.Contains("I run", lines);
    }

    [Fact]
    public void Without_a_kernel_to_try_it_with_KVM_is_not_used()
    {
        KvmProbe found = KvmProbe.Find("/nonexistent/vmlinuz", KvmProbe.UsualLimit);
        Assert.Equal(KvmState.Absent, found.State);
    }

    [Fact]
    public void A_machine_too_small_for_its_kernel_is_refused_instead_of_staying_silent()
    {
        using var image = new ThrowawayImage();
        using var folder = new TempFolder();
        Model.MegatuxException refused = Assert.Throws<Model.MegatuxException>(() => new Hypervisors.Qemu().Launch(new MachineSpec
        {
            Name = "small", Kernel = Qemu.Kernel(), Initrd = image.Pack(), MemoryMiB = 48, CommandLine = [], Folder = folder.Path,
        }));
        Assert.Equal(Model.ErrorCodes.KernelNeedsMore, refused.Problem.Code);
        Assert.Contains("VmMemory", refused.Message, StringComparison.Ordinal);
    }
}
