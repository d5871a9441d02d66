using System.Security.Cryptography;
using Megatux.Model;

namespace Megatux.EndToEnd.Tests;

/// <summary>Programs that travel to real hosts and guests.</summary>
[Collection(nameof(LocalBootTests))]
public sealed class LocalProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("megatux-test-").FullName;

    [Theory]
    [InlineData("container")]
    [InlineData("uml")]
    [InlineData("qemu")]
    public void A_program_travels_with_its_libraries_and_files_and_is_there_for_its_command_alone(string hypervisor)
    {
        string before = LocalExperiment.Traces();

        // Emulated machines take long to boot.
        int guests = hypervisor == "qemu" ? 1 : 3;
        string all = guests == 1 ? "vm0.h[7-8]" : "vm[0-2].h[7-8]";
        using (var local = new LocalExperiment(hypervisor, guests: guests))
        {
            local.Boot().Succeeded();
            string data = Write("data", 3_000_000);
            string digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(data)));

            // The guests have no sha256sum of coreutils and no libcrypto; hosts are nodes as well.
            AllSay($"h[7-8],{all}", $"{digest}  /xproc/data", Run(local, "--push", "--with", data, "everything", "sha256sum", "/xproc/data").Succeeded());
            AllSay(all, "0", Run(local, "all", "ls -A /xproc | wc -l").Succeeded());

            // Two at a time, each with its own.
            string one = Write("one/same", 100_000), two = Write("two/same", 100_001);
            string job = Run(local, "--detach", "--with", one, "vm0.h7", "--", "sh", "-c", "sleep 3; wc -c </xproc/same").Succeeded().Output.Trim();
            Assert.Equal("vm0.h7: 100001\n", Run(local, "--with", two, "vm0.h7", "--", "sh", "-c", "wc -c </xproc/same").Succeeded().Output);
            Assert.Equal("vm0.h7: 100000\n", local.Ask("attach", job).Succeeded().Output);

            // Nobody on a node changes what its host has once for all.
            Assert.NotEqual(0, Run(local, "--with", one, "vm0.h7", "--", "sh", "-c", "echo x >/xproc/same").ExitCode);
            Assert.Equal("vm0.h8: 100000\n", Run(local, "--with", one, "vm0.h8", "--", "sh", "-c", "wc -c </xproc/same").Succeeded().Output);

            CommandResult foreign = Run(local, "--push", "all", "--", Foreign());
            Assert.Equal(2, foreign.ExitCode);
            Assert.Contains("AArch64", foreign.Error, StringComparison.OrdinalIgnoreCase);
            local.Halt().Succeeded();
        }

        Assert.Equal(before, LocalExperiment.Traces());
    }

    [Fact]
    public void A_program_arrives_though_every_daemon_of_the_tree_is_killed_on_its_way()
    {
        using var local = new LocalExperiment("container");
        local.Boot().Succeeded();
        string data = Write("data", 64 << 20);
        string job = Run(local, "--detach", "--with", data, "all", "--", "sh", "-c", "wc -c </xproc/data").Succeeded().Output.Trim();
        for (int round = 0; round < 3; round++)
            local.KillTreeDaemons(TimeSpan.FromSeconds(0.1));
        local.AwaitTree();

        AllSay("vm[0-2].h[7-8]", $"{64 << 20}", local.Ask("attach", job).Succeeded());
        local.Halt().Succeeded();
    }

    [Fact]
    public void Files_are_copied_to_nodes_and_from_them()
    {
        using var local = new LocalExperiment("container");
        local.Boot().Succeeded();
        Write("tree/inner/file", 300_000);
        string tree = Path.Combine(_folder, "tree"), file = Path.Combine(tree, "inner", "file"), back = Path.Combine(_folder, "back");
        File.SetUnixFileMode(file, (UnixFileMode)0b110_100_000);
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddDays(1));
        File.CreateSymbolicLink(Path.Combine(tree, "link"), "inner/file");
        local.Ask("cp", "-r", "-p", tree, "all:/opt").Succeeded();
        local.Ask("cp", "-r", "-p", tree, "all:/opt").Succeeded();
        AllSay("vm[0-2].h[7-8]", "640 86400 inner/file", Run(local, "all", "cd /opt; echo $(stat -c '%a %Y' tree/inner/file) $(readlink tree/link)").Succeeded());

        local.Ask("cp", "-r", "-p", "vm[0-1].h8:/opt/tree", back).Succeeded();
        foreach (string node in (string[])["vm0.h8", "vm1.h8"])
        {
            string copy = Path.Combine(back, node, "tree", "inner", "file");
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(copy));
            Assert.Equal((File.GetUnixFileMode(file), File.GetLastWriteTimeUtc(file)), (File.GetUnixFileMode(copy), File.GetLastWriteTimeUtc(copy)));
            Assert.Equal("inner/file", new FileInfo(Path.Combine(back, node, "tree", "link")).LinkTarget);
        }

        CommandResult missing = local.Ask("cp", "vm0.h8:/no/such/file", back);
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("vm0.h8", missing.Error, StringComparison.Ordinal);

        // A hostile node sends what it likes: a tar of its own, in place of that which is asked for.
        string outside = Path.Combine(_folder, "outside");
        Run(local, "vm2.h8", $"cd /tmp; mkdir -p x; ln -s {outside} x/way; mkdir -p /usr/local/sbin; (tar -cf - x/way; mkdir y; cd y; mkdir -p x/way; echo evil >x/way/file; tar -cf - x) >hostile.tar; printf '#!/bin/sh\\ncat /tmp/hostile.tar\\n' >/usr/local/sbin/tar; chmod 755 /usr/local/sbin/tar").Succeeded();
        Directory.CreateDirectory(outside);
        local.Ask("cp", "-r", "vm2.h8:/tmp/x", Path.Combine(_folder, "from"));
        Assert.Empty(Directory.GetFileSystemEntries(outside));
        local.Halt().Succeeded();
    }

    [Fact]
    public void Root_of_a_container_may_not_mount_though_its_first_process_does()
    {
        using var local = new LocalExperiment("container");
        local.Boot().Succeeded();
        const int mounting = 1 << 21; // CAP_SYS_ADMIN, include/uapi/linux/capability.h
        string own = Run(local, "--with", Write("data", 1), "vm0.h7", "--", "sh", "-c", "grep CapBnd /proc/self/status; mount -t tmpfs none /mnt; umount -l /xproc; cat /proc/1/environ; ls /proc/1/root").All;
        string bounds = own.Split('\n').Single(line => line.Contains("CapBnd", StringComparison.Ordinal))[^16..];
        Assert.Equal(0, Convert.ToInt64(bounds, 16) & mounting);
        Assert.Equal(4, own.Split('\n').Count(line => line.Contains("denied", StringComparison.OrdinalIgnoreCase) || line.Contains("not permitted", StringComparison.OrdinalIgnoreCase)));
        foreach (string way in (string[])["exec", "run"])
            Assert.DoesNotContain("CapEff:\t" + bounds[..10] + "2", way == "exec" ? local.In("vm0.h7", "grep CapEff /proc/self/status").All : Run(local, "vm0.h7", "grep CapEff /proc/self/status").All, StringComparison.Ordinal);
        local.Halt().Succeeded();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Those that are late say it in a line of their own.
    private static void AllSay(string nodes, string text, CommandResult said)
    {
        string[][] lines = [.. said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": "))];
        Assert.All(lines, line => Assert.Equal(text, line[1]));
        Assert.Equal(NodeSet.Parse(nodes).Count, lines.Sum(line => NodeSet.Parse(line[0]).Count));
        Assert.Equal(NodeSet.Parse(nodes), NodeSet.UnionOf(lines.Select(line => NodeSet.Parse(line[0]))));
    }

    private string Write(string name, int length)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    // A program of this machine that says it is for another.
    private string Foreign()
    {
        const int machineAt = 18, aarch64 = 183; // e_machine, EM_AARCH64
        byte[] program = File.ReadAllBytes("/bin/true");
        program[machineAt] = aarch64;
        string path = Path.Combine(_folder, "foreign");
        File.WriteAllBytes(path, program);
        return path;
    }

    private static CommandResult Run(LocalExperiment local, params string[] words) =>
        LocalExperiment.Megatux(["run", "--experiment", Path.GetFileName(local.RunFolder), "--no-input", .. words]);
}
