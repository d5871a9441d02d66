using Megatux.Model;

namespace Megatux.EndToEnd.Tests;

/// <summary>The agents as the first process of real kernels.</summary>
public sealed class FirstProcessTests : IDisposable
{
    private readonly ThrowawayImage _image = new();

    public void Dispose() => _image.Dispose();

    [Fact]
    public void A_guest_takes_its_name_runs_its_programs_in_order_says_so_and_powers_off()
    {
        _image.Agent(ImageKind.Guest);
        _image.Script("etc/megatux/run.d/20-fails", "exit 3");
        _image.Script("etc/megatux/run.d/10-works", "echo \"first: $(hostname) $MEGATUX_NODE $MEGATUX_INDEX\"");
        _image.Script("etc/megatux/run.d/30-works", "ip addr show lo | grep -q 127.0.0.1 && echo loopback; [ -w /dev/null ] && [ -c /dev/ptmx ] && echo devices");
        _image.File("etc/megatux/run.d/40-not-executable", "echo never");
        string console = _image.BootUml("megatux.node=vm7.host1 megatux.index=7 megatux.poweroff");
        AssertInOrder(console, "first: vm7.host1 vm7.host1 7", "megatux: /etc/megatux/run.d/20-fails failed with exit code 3",
            "loopback", "devices", "megatux: vm7.host1 is up");
        Assert.DoesNotContain("never", console, StringComparison.Ordinal);
        AssertUpOnce(console);
    }

    [Fact]
    public void A_guest_that_nobody_named_uses_its_hostname_file_or_its_index()
    {
        _image.Agent(ImageKind.Guest);
        Assert.Contains("megatux: guest12 is up", _image.BootUml("megatux.index=12 megatux.poweroff"), StringComparison.Ordinal);
        _image.File("etc/hostname", "web\n");
        Assert.Contains("megatux: web is up", _image.BootUml("megatux.index=12 megatux.poweroff"), StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_folders_for_passing_files_become_tmpfs_and_an_overlays_files_stay_in_sight()
    {
        _image.Agent(ImageKind.Guest);
        _image.File("run/from-overlay", "here\n");
        _image.Script("etc/megatux/run.d/10-look", "cat /run/from-overlay; grep -c ' /run tmpfs' /proc/mounts; grep ' /tmp tmpfs' /proc/mounts");
        AssertInOrder(_image.BootUml("megatux.poweroff"), "here", "0", "tmpfs /tmp tmpfs", "is up");
    }

    [Fact]
    public void A_guest_that_stays_reaps_orphans_and_powers_off_when_told()
    {
        _image.Agent(ImageKind.Guest);
        _image.Script("etc/megatux/run.d/10-orphans", """
            for i in 1 2 3 4 5; do (sleep 0.1 &); done
            (
              while ! grep -q sleep /proc/[0-9]*/comm; do :; done
              sleep 1
              echo "zombies: $(grep -l '^State:.Z' /proc/[0-9]*/status 2>/dev/null | wc -l)"
              poweroff
            ) &
            """);
        string console = _image.BootUml("");
        AssertInOrder(console, "is up", "zombies: 0", "System halted");
        AssertUpOnce(console);
    }

    [Fact]
    public void An_init_script_of_ones_own_may_mount_what_it_needs_and_become_the_agent()
    {
        _image.Agent(ImageKind.Guest);
        _image.Replace("init", """
            mkdir -p /proc /run
            mount -t proc proc /proc
            mount -t tmpfs -o size=1m mine /run
            echo "mine: $*"
            exec /sbin/megatux-guest "$@"
            """);
        _image.Script("etc/megatux/run.d/10-look", "grep -c ' /proc ' /proc/mounts; grep ' /run ' /proc/mounts; ls -d /sys/class");
        AssertInOrder(_image.BootUml("of-no-meaning megatux.node=own megatux.poweroff"), "mine: of-no-meaning", "1", "mine /run tmpfs", "/sys/class", "megatux: own is up");
    }

    [Fact]
    public async Task A_shell_is_on_the_console_when_asked_for()
    {
        _image.Agent(ImageKind.Guest);
        string console = await _image.ConverseUml("megatux.shell", "/ # ", "echo answer $((6*7))\npoweroff\n");
        AssertInOrder(console, "is up", "answer 42", "System halted");
    }

    [Fact]
    public void A_host_loads_its_modules_in_order_and_comes_up()
    {
        _image.Agent(ImageKind.Host);
        string modules = Qemu.ModulesFolder();
        string[] paths = [.. new[] { "kernel/net/llc/llc.ko", "kernel/net/802/stp.ko", "kernel/net/bridge/bridge.ko" }.Select(path => "lib/modules/" + path)];
        foreach (string path in paths)
            _image.CopyFile(path, Path.Combine(modules, path["lib/modules/".Length..]));
        _image.File("etc/megatux/modules", $"# comment\n\n{string.Join('\n', paths.Select(path => "/" + path).Append("/lib/modules/none.ko"))}\n");
        _image.Script("etc/megatux/run.d/10-look", "ls -d /sys/module/bridge; ip link add br0 type bridge && ls -d /sys/class/net/br0; grep /dev/shm /proc/mounts");
        string console = _image.BootQemu("megatux.node=host1 megatux.poweroff");
        AssertInOrder(console, "the kernel module /lib/modules/none.ko was not loaded", "/sys/module/bridge", "/sys/class/net/br0", "tmpfs /dev/shm", "megatux: host1 is up", "Power down");
        Assert.DoesNotContain("noexec", console, StringComparison.Ordinal);
        Assert.DoesNotContain("# comment", console, StringComparison.Ordinal);
        AssertUpOnce(console);
    }

    [Fact]
    public void A_host_restarts_in_good_order_on_Ctrl_Alt_Del()
    {
        _image.Agent(ImageKind.Host);
        _image.Script("etc/megatux/run.d/10-press", "(trap 'echo told to end; exit' TERM; sleep 1; cat /proc/sys/kernel/ctrl-alt-del; kill -INT 1; while :; do sleep 0.1; done) &");
        AssertInOrder(_image.BootQemu(""), "megatux: host is up", "0", "told to end", "Restarting system");
    }

    private static void AssertUpOnce(string console) =>
        Assert.Single(console.Split('\n'), line => line.TrimEnd('\r').EndsWith(" is up", StringComparison.Ordinal));

    private static void AssertInOrder(string console, params string[] parts)
    {
        int from = 0;
        foreach (string part in parts)
        {
            int at = console.IndexOf(part, from, StringComparison.Ordinal);
            Assert.True(at >= 0, $"'{part}' is missing, or comes too early, in:\n{console}");
            from = at + part.Length;
        }
    }
}
