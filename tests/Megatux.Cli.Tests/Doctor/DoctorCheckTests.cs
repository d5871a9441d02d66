using Megatux.Hypervisors;
using Megatux.Imaging;
using Megatux.Linux;

namespace Megatux.Cli.Tests;

public sealed class DoctorCheckTests
{
    private readonly FakeMachine _machine = new();

    [Fact]
    public void A_machine_that_has_everything_can_boot()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["boot"]);
        folder.Write("boot/vmlinuz-6.1.0-1", "kernel");
        var diagnosis = Diagnosis.Make(MachineChecks.All(_machine, new KernelCatalog(folder.Path)).Where(check => check.Name != "busybox"), (_, _) => { });
        Assert.All(diagnosis.Facts, fact => Assert.Equal((fact.Check.Name, Verdict.Ok), (fact.Check.Name, fact.Finding.Verdict)));
        Assert.Empty(diagnosis.Obstacles);
    }

    [Fact]
    public void What_is_not_installed_is_named_with_its_package_and_prevents_no_boot_of_containers()
    {
        _machine.Programs.Clear();
        Assert.Equal((Verdict.Missing, "apt-get install user-mode-linux"), Judged(HypervisorChecks.Uml(_machine)));
        Assert.Equal((Verdict.Missing, "apt-get install qemu-system-x86"), Judged(HypervisorChecks.Qemu(_machine)));
        using var folder = new TempFolder();
        Assert.Equal((Verdict.Warning, "apt-get install linux-image-cloud-amd64"), Judged(HypervisorChecks.HostKernel(new KernelCatalog(folder.Path))));
        Assert.Empty(Diagnosis.Make(MachineChecks.All(_machine, new KernelCatalog(folder.Path)), (_, _) => { }).Obstacles);
    }

    [Fact]
    public void Programs_that_do_not_run_are_not_taken_for_good()
    {
        _machine.Broken.UnionWith(["linux.uml", "qemu-system-x86_64"]);
        Assert.Equal(Verdict.Missing, HypervisorChecks.Uml(_machine).Verdict);
        Assert.Equal(Verdict.Missing, HypervisorChecks.Qemu(_machine).Verdict);
    }

    [Fact]
    public void Where_nobody_may_trace_UML_does_not_run()
    {
        _machine.Files["/proc/sys/kernel/yama/ptrace_scope"] = "3\n";
        Assert.Contains("ptrace_scope", HypervisorChecks.Uml(_machine).Fact, StringComparison.Ordinal);
    }

    [Fact]
    public void Shared_memory_that_is_not_there_no_tmpfs_without_execution_or_full_is_told_with_the_mount_that_mends_it()
    {
        FileSystemStatus good = _machine.SharedMemory!.Value;
        foreach ((FileSystemStatus? status, string remedy) in new (FileSystemStatus?, string)[]
        {
            (null, "mkdir /dev/shm"), (good with { IsTmpfs = false }, "mount -t tmpfs"), (good with { AllowsExecution = false }, "mount -o remount,exec /dev/shm"),
            (good with { AvailableBytes = 1 << 20 }, "mount -o remount,size="),
        })
        {
            _machine.SharedMemory = status;
            Finding finding = MemoryChecks.SharedMemory(_machine);
            Assert.Equal(Verdict.Warning, finding.Verdict);
            Assert.StartsWith(remedy, finding.Remedy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Memory_is_told_in_guests_and_none_at_all_prevents_a_boot()
    {
        Assert.Contains("7200 of 8000 MiB are free: 200 guests of 32 MiB", MemoryChecks.Memory(_machine).Fact, StringComparison.Ordinal);
        _machine.Memory = new MachineMemory(8000, 20);
        Assert.Equal(Verdict.Missing, MemoryChecks.Memory(_machine).Verdict);
    }

    [Fact]
    public void Limits_below_what_memory_holds_are_told_with_what_raises_them()
    {
        _machine.Files["/proc/sys/kernel/pid_max"] = "1000\n";
        Assert.Equal((Verdict.Warning, "sysctl kernel.pid_max=4194304"), Judged(LimitChecks.Processes(_machine)));
        Assert.Contains("125 guests", LimitChecks.Processes(_machine).Fact, StringComparison.Ordinal);
        _machine.Files["/proc/self/limits"] = "Max processes             8                    16                   processes \nMax open files            64                   256                  files     \n";
        Assert.Contains("pid_max", LimitChecks.Processes(_machine).Fact, StringComparison.Ordinal);
        _machine.IsRoot = false;
        Assert.Contains("(ulimit -u) is 16: 2 guests", LimitChecks.Processes(_machine).Fact, StringComparison.Ordinal);
        Assert.Contains("256 files: 64 guests a host", LimitChecks.Descriptors(_machine).Fact, StringComparison.Ordinal);
        Assert.Equal(Verdict.Ok, LimitChecks.Neighbours(_machine).Verdict);
        _machine.Files["/proc/sys/net/ipv4/neigh/default/gc_thresh3"] = "128\n";
        Assert.Equal((Verdict.Warning, "sysctl net.ipv4.neigh.default.gc_thresh3=1000000"), Judged(LimitChecks.Neighbours(_machine)));
    }

    [Theory]
    [InlineData("cgroup2 /sys/fs/cgroup cgroup2 rw 0 0", "cpu memory pids", true, "version 2")]
    [InlineData("cgroup /c/memory cgroup rw,memory 0 0\ncgroup2 /u cgroup2 rw 0 0", "", false, "version 1")]
    [InlineData("proc /proc proc rw 0 0", "", false, "no cgroup")]
    public void Control_groups_of_either_version_are_told_apart(string mounts, string controllers, bool isGood, string fact)
    {
        _machine.Files["/proc/self/mounts"] = mounts + "\n";
        _machine.Files["/sys/fs/cgroup/cgroup.controllers"] = controllers + "\n";
        Finding finding = KernelChecks.ControlGroups(_machine);
        Assert.Equal(isGood ? Verdict.Ok : Verdict.Warning, finding.Verdict);
        Assert.Contains(fact, finding.Fact, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5.8.0-1-amd64", false)]
    [InlineData("5.9-rc1", true)]
    [InlineData("6.18.44", true)]
    [InlineData("not a number", true)]
    public void A_kernel_without_the_system_calls_that_start_children_is_too_old(string release, bool isGood)
    {
        _machine.Files["/proc/sys/kernel/osrelease"] = release + "\n";
        Assert.Equal(isGood ? Verdict.Ok : Verdict.Missing, KernelChecks.Kernel(_machine).Verdict);
    }

    [Fact]
    public void What_prevents_user_namespaces_is_told_one_by_one()
    {
        _machine.IsRoot = false;
        Assert.Equal("user namespaces can be made, of 65536 users and 65536 groups", PrivilegeChecks.UserNamespaces(_machine).Fact);
        _machine.Files["/etc/subgid"] = "";
        Assert.StartsWith("usermod --add-subuids", PrivilegeChecks.UserNamespaces(_machine).Remedy, StringComparison.Ordinal);
        _machine.Programs.Remove("newgidmap");
        Assert.Equal((Verdict.Warning, "apt-get install uidmap"), Judged(PrivilegeChecks.UserNamespaces(_machine)));
        foreach ((string file, string value) in new[] { ("kernel/apparmor_restrict_unprivileged_userns", "1"), ("kernel/unprivileged_userns_clone", "0"), ("user/max_user_namespaces", "0") })
        {
            _machine.Files[$"/proc/sys/{file}"] = value + "\n";
            Assert.StartsWith($"sysctl {file.Replace('/', '.')}=", PrivilegeChecks.UserNamespaces(_machine).Remedy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Refusals_of_the_kernel_prevent_a_boot_and_give_its_reason()
    {
        _machine.Refused = Namespaces.Process | Namespaces.Ipc;
        Assert.Contains("pid (Operation not permitted), ipc (Operation not permitted)", PrivilegeChecks.NamespaceKinds(_machine).Fact, StringComparison.Ordinal);
        _machine.Refusal = "add bridge doctor0: Operation not supported";
        _machine.Devices.Clear();
        var diagnosis = Diagnosis.Make(MachineChecks.All(_machine, new KernelCatalog()), (_, _) => { });
        Assert.Equal(["namespaces", "overlay", "bridge", "veth"], diagnosis.Obstacles);
        Assert.Contains(diagnosis.Facts, fact => fact.Check.Name == "tap" && fact.Finding.Verdict == Verdict.Missing);
    }

    [Fact]
    public void KVM_that_hangs_is_not_taken_for_good()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["boot"]);
        folder.Write("boot/vmlinuz-6.1.0-1", "kernel");
        _machine.Kvm = new KvmProbe(KvmState.Hangs, "It spins.");
        Assert.Equal("It spins: qemu emulates, which is slow", HypervisorChecks.Kvm(_machine, new KernelCatalog(folder.Path)).Fact);
        _machine.Devices.Remove("/dev/kvm");
        Assert.Contains("not there", HypervisorChecks.Kvm(_machine, new KernelCatalog(folder.Path)).Fact, StringComparison.Ordinal);
        _machine.Files["/proc/misc"] = "232 kvm\n";
        Assert.StartsWith("usermod -aG kvm", HypervisorChecks.Kvm(_machine, new KernelCatalog(folder.Path)).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_that_fails_is_a_fact_and_the_others_go_on()
    {
        Check[] checks = [new("first", true, () => throw new IOException("no\nway")), new("second", true, () => Finding.Ok("fine"))];
        var diagnosis = Diagnosis.Make(checks, (_, _) => { });
        Assert.Equal([Finding.Missing("no way"), Finding.Ok("fine")], diagnosis.Facts.Select(fact => fact.Finding));
        Assert.Equal(["first"], diagnosis.Obstacles);
    }

    private static (Verdict, string?) Judged(Finding finding) => (finding.Verdict, finding.Remedy);
}
