using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux.Tests;

public sealed class ContainerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _lower;

    public ContainerTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can make containers");
        // A root folder of one static program, with characters that mean something in an overlay's options.
        _lower = _folder["lo:we,r\\"];
        Directory.CreateDirectory(Path.Combine(_lower, "bin"));
        Directory.CreateDirectory(Path.Combine(_lower, "etc"));
        File.WriteAllText(Path.Combine(_lower, "etc/name"), "lower");
        File.CreateSymbolicLink(Path.Combine(_lower, "out"), "/etc");
        string busybox = Path.Combine(_lower, "bin/busybox");
        File.Copy("/bin/busybox", busybox);
        foreach (string name in (string[])["sh", "ls", "cat", "ps", "hostname", "mount", "mknod", "grep", "sleep", "chroot", "stat", "umount", "pwd", "touch"])
            File.CreateSymbolicLink(Path.Combine(_lower, "bin", name), "busybox");
    }

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task A_container_sees_its_own_processes_network_name_and_root_only()
    {
        string mounts = File.ReadAllText("/proc/self/mountinfo");
        (string output, ExitStatus exit) = await Child.RunAsync(Inside("echo $$; pwd; hostname; ls /sys/class/net; ls /; ls -d /proc/[0-9]*; cat /etc/name; echo; ls /..") with
        {
            Container = Spec with { HostName = "vm1.host" },
        });
        Assert.Equal(0, exit.Code);
        string[] lines = output.Split('\n');
        Assert.Equal(["1", "/", "vm1.host", "lo", "bin", "dev", "etc", "out", "proc", "sys", "/proc/1"], lines[..11]);
        Assert.Equal(["lower", "bin", "dev", "etc", "out", "proc", "sys"], lines[^7..]);
        Assert.Equal(mounts, File.ReadAllText("/proc/self/mountinfo"));
        Assert.NotEqual("vm1.host", Environment.MachineName);
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task Nothing_outside_is_mounted_within()
    {
        (string output, _) = await Child.RunAsync(Inside("cat /proc/self/mounts; umount -l /proc; umount / 2>/dev/null; ls /.."));
        string[] targets = [.. output.Split('\n').Where(line => line.Contains(' ', StringComparison.Ordinal)).Select(line => line.Split(' ')[1])];
        Assert.Equal(["/", "/proc", "/sys", "/dev", "/dev/pts", "/dev/shm"], targets);
        Assert.DoesNotContain("home", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task Devices_work_and_their_folder_is_of_mode_755()
    {
        (string output, _) = await Child.RunAsync(Inside(
            "echo x > /dev/null && echo null; stat -c %a /dev /dev/shm /dev/null; ls /dev; touch /dev/shm/a && echo shm; ls /dev/pts; : < /dev/ptmx && echo ptmx"));
        Assert.Equal(
            ["null", "755", "1777", "666", "fd", "full", "null", "ptmx", "pts", "random", "shm", "stderr", "stdin", "stdout", "tty", "urandom", "zero", "shm", "ptmx", "ptmx"],
            output.Split('\n'));
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task What_is_written_does_not_reach_the_lower_folders_and_is_gone_with_its_memory()
    {
        string upper = Directory.CreateDirectory(_folder["up,per"]).FullName, work = Directory.CreateDirectory(_folder["work"]).FullName;
        string top = Directory.CreateDirectory(_folder["top"]).FullName;
        File.WriteAllText(Path.Combine(top, "topmost"), "top");
        const string Script = "cat /topmost; echo new > /etc/name; echo more > /etc/more; cat /etc/name";
        (string memory, _) = await Child.RunAsync(Inside(Script) with { Container = Spec with { Root = new ContainerRoot { Lower = [top, _lower], MemoryBytes = 1 << 20 } } });
        Assert.Equal("topnew", memory);
        (string kept, _) = await Child.RunAsync(Inside(Script) with
        {
            Container = Spec with { Root = new ContainerRoot { Lower = [top, _lower], Upper = upper, Work = work } },
        });
        Assert.Equal("topnew", kept);
        Assert.Equal("lower", File.ReadAllText(Path.Combine(_lower, "etc/name")));
        Assert.False(File.Exists(Path.Combine(_lower, "etc/more")));
        Assert.Equal("more\n", File.ReadAllText(Path.Combine(upper, "etc/more")));
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task Memory_for_what_is_written_is_bounded()
    {
        (string output, ExitStatus exit) = await Child.RunAsync(Inside("cat /dev/zero > /big") with
        {
            Container = Spec with { Root = new ContainerRoot { Lower = [_lower], MemoryBytes = 1 << 20 } },
        });
        Assert.NotEqual(0, exit.Code);
        Assert.Contains("No space left", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task Files_folders_and_devices_are_bound_and_a_link_in_an_image_does_not_lead_out()
    {
        string shared = Directory.CreateDirectory(_folder["shared"]).FullName;
        File.WriteAllText(_folder["shared/file"], "text");
        File.CreateSymbolicLink(_folder["link"], shared);
        (string output, _) = await Child.RunAsync(Inside(
            "cat /a/b/c; cat /out/inner; echo x > /rw/written; echo x > /ro/written; echo x > /my/null && echo device; ls -d /etc/inner") with
        {
            Container = Spec with
            {
                Binds =
                [
                    new(_folder["shared/file"], "/a/b/c"), new(_folder["shared/file"], "/out/inner"), new(_folder["link"], "/rw"),
                    new(shared, "/ro", ReadOnly: true), new("/dev/null", "/my/null"),
                ],
            },
        });
        Assert.Equal("texttextsh: can't create /ro/written: Read-only file system\ndevice\n/etc/inner", output);
        Assert.Equal("x\n", File.ReadAllText(_folder["shared/written"]));
        Assert.False(File.Exists("/etc/inner"));
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task A_given_network_is_joined()
    {
        await using ChildProcess owner = ChildProcess.Start(new ChildStart
        {
            Program = "sleep",
            Arguments = ["1000"],
            Container = new ContainerSpec { Namespaces = Namespaces.Network },
        });
        string network = new FileInfo($"/proc/{owner.Pid}/ns/net").LinkTarget!;
        using SafeFileHandle handle = File.OpenHandle($"/proc/{owner.Pid}/ns/net");
        await using ChildProcess child = ChildProcess.Start(Inside("sleep 1000") with
        {
            Container = Spec with { Network = handle, Namespaces = Namespaces.All & ~Namespaces.Network },
        });
        Assert.Equal(network, new FileInfo($"/proc/{child.Pid}/ns/net").LinkTarget);
        Assert.NotEqual(network, new FileInfo("/proc/self/ns/net").LinkTarget);
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task Rights_are_given_up()
    {
        const int MakeNode = 27, Kill = 5;
        (string output, _) = await Child.RunAsync(Inside("grep -E '^(Cap(Inh|Prm|Eff|Bnd)|NoNewPrivs)' /proc/self/status; mknod /tmp-node c 1 3 || echo refused") with
        {
            Container = Spec with { Capabilities = new HashSet<int> { Kill }, NoNewPrivileges = true },
        });
        Assert.Contains("CapInh:\t0000000000000000\nCapPrm:\t0000000000000020\nCapEff:\t0000000000000020\nCapBnd:\t0000000000000020\nNoNewPrivs:\t1\n", output, StringComparison.Ordinal);
        Assert.EndsWith("refused", output, StringComparison.Ordinal);
        (string all, _) = await Child.RunAsync(Inside("mknod /node c 1 3 && echo made"));
        Assert.Equal("made", all);
        Assert.NotEqual(Kill, MakeNode);
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task Of_a_read_only_system_only_the_own_network_can_be_set()
    {
        (string output, _) = await Child.RunAsync(Inside("""
            for file in /proc/sys/vm/drop_caches /proc/sysrq-trigger /sys/kernel/mm/ksm/run; do echo 1 2>/dev/null >$file && echo $file; done
            echo 1 >/proc/sys/net/ipv4/ip_forward && cat /proc/sys/net/ipv4/ip_forward
            mount -o remount,rw /proc 2>/dev/null; mount -o remount,bind,rw /proc 2>/dev/null; umount /proc/sys/net 2>/dev/null
            echo 1 2>/dev/null >/proc/sys/vm/drop_caches || echo refused
            test -w /dev/shm && test -r /proc/self/status && ls /sys/class/net
            """) with
        {
            Container = Spec with { ReadOnlySystem = true, Capabilities = new HashSet<int> { 12 } },
        });
        Assert.Equal("1\nrefused\nlo", output);
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task Another_user_has_no_group_and_no_rights_and_room_for_shared_memory_is_bounded()
    {
        ContainerSpec own = new() { Namespaces = Namespaces.None, User = 12345, Capabilities = new HashSet<int>(), NoNewPrivileges = true };
        (string output, _) = await Child.RunAsync(Child.Shell("grep -E '^(Uid|Gid|Groups|CapPrm|CapBnd)' /proc/self/status; cat /etc/shadow 2>/dev/null || echo refused") with { Container = own });
        Assert.Equal("Uid:\t12345\t12345\t12345\t12345\nGid:\t12345\t12345\t12345\t12345\nGroups:\t \nCapPrm:\t0000000000000000\nCapBnd:\t0000000000000000\nrefused", output);
        (string full, _) = await Child.RunAsync(Inside("cat /dev/zero >/dev/shm/x; stat -c %s /dev/shm/x") with { Container = Spec with { SharedMemoryBytes = 1 << 16 } });
        Assert.EndsWith("\n65536", full, StringComparison.Ordinal);
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task All_processes_of_a_container_end_with_it_even_in_sessions_of_their_own()
    {
        await using ChildProcess child = ChildProcess.Start(Inside("busybox setsid sleep 1000 & busybox setsid busybox setsid sleep 1000 & sleep 1000; exit"));
        int[] inner;
        do
            inner = [.. Directory.GetDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out int pid) ? pid : 0)
                .Where(pid => pid > 0 && Namespace(pid) is { } own && own == Namespace(child.Pid))];
        while (inner.Length < 4);
        child.Signal(Signals.Kill);
        Assert.Equal(Signals.Kill, (await Child.EndAsync(child)).Signal);
        Assert.All(inner, pid => Assert.Contains(Child.State(pid), "?ZX"));
    }

    [Fact]
    public void What_could_not_be_done_is_told()
    {
        Win32Exception missing = Assert.Throws<Win32Exception>(() => ChildProcess.Start(Inside("exit") with
        {
            Container = Spec with { Root = new ContainerRoot { Lower = ["/absent/lower"] } },
        }));
        Assert.Equal(2, missing.NativeErrorCode);
        Assert.Contains("it cannot be mounted: overlay on root (lowerdir=/absent/lower", missing.Message, StringComparison.Ordinal);
        Win32Exception program = Assert.Throws<Win32Exception>(() => ChildProcess.Start(Inside("") with { Program = "/bin/absent" }));
        Assert.Contains("/bin/absent cannot be started: it cannot be executed", program.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ChildProcess.Start(Inside("") with { Container = Spec with { Namespaces = Namespaces.Network } }));
        Assert.Throws<FileNotFoundException>(() => ChildProcess.Start(Inside("") with { Container = Spec with { Binds = [new("/absent", "/x")] } }));
        Assert.Throws<ArgumentException>(() => ChildProcess.Start(Inside("") with { Container = Spec with { Binds = [new("/etc", "/../x")] } }));
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task A_hundred_containers_run_at_once()
    {
        var watch = Stopwatch.StartNew();
        var children = new ChildProcess[100];
        for (int i = 0; i < children.Length; i++)
            children[i] = ChildProcess.Start(Inside("sleep 1000"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{children.Length} containers: {watch.Elapsed}");
        Assert.Equal(children.Length, children.Select(child => Namespace(child.Pid)).Distinct().Count());
        foreach (ChildProcess child in children)
            await child.DisposeAsync();
    }

    private ContainerSpec Spec => new() { Root = new ContainerRoot { Lower = [_lower] } };

    private ChildStart Inside(string script) => new()
    {
        Program = "sh",
        Arguments = ["-c", script],
        Environment = new Dictionary<string, string> { ["PATH"] = "/sbin:/bin" },
        Container = Spec,
    };

    private static string? Namespace(int pid)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/ns/pid").LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
