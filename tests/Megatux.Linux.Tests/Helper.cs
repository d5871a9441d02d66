using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux.Tests;

/// <summary>This program in another role, which a variable names: what tests need that cannot happen to the tests' own process.</summary>
internal static class Helper
{
    private const string RoleVariable = "MEGATUX_LINUX_TESTS_ROLE";

    internal static ChildStart As(string role)
    {
        var environment = new Dictionary<string, string> { [RoleVariable] = role };
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
            environment[(string)variable.Key] = (string)variable.Value!;
        return new() { Program = Environment.ProcessPath!, Environment = environment };
    }

    /// <summary>Takes the role that the variable names; false if it names none.</summary>
    internal static bool TryBegin()
    {
        if (Environment.GetEnvironmentVariable(RoleVariable) is not { } role)
            return false;
        switch (role)
        {
            case "parent":
                BeParent();
                break;
            case "first process":
                BeFirstProcess();
                break;
            case "machine":
                BeMachine();
                break;
        }

        return true;
    }

    // Prints the numbers of what it started, which never ends by itself.
    private static void BeParent()
    {
        using var output = new SafeFileHandle(1, ownsHandle: false);
        ChildProcess plain = ChildProcess.Start(Child.Shell("sleep 1000 & echo $!; wait") with { Descriptors = [(output, 1)] });
        ChildProcess session = ChildProcess.Start(Child.Shell("sleep 1000 & echo $!; wait") with { Descriptors = [(output, 1)], NewSession = true });
        ChildProcess survivor = ChildProcess.Start(new ChildStart { Program = "sleep", Arguments = ["1000"], DiesWithParent = false });
        Console.WriteLine($"{plain.Pid}\n{session.Pid}\nsurvivor {survivor.Pid}");
        if (Environment.IsPrivilegedProcess)
        {
            Console.WriteLine(ChildProcess.Start(Child.Shell("sleep 1000") with { Container = new ContainerSpec() }).Pid);
            Console.WriteLine(ChildProcess.Start(Child.Shell("sleep 1000 & wait") with { Container = new ContainerSpec { Namespaces = Namespaces.None, User = 65534 } }).Pid);
        }

        Console.WriteLine("ready");
        Thread.Sleep(Timeout.Infinite);
    }

    private static void BeFirstProcess()
    {
        using IDisposable reaping = ChildReaper.ReapOrphansContinuously();
        ChildProcess[] children = new ChildProcess[20];
        for (int i = 0; i < children.Length; i++)
            children[i] = ChildProcess.Start(Child.Shell($"(sleep 0.0{i % 10} &); (true &); exit {i}"));
        foreach (ChildProcess child in children)
            Console.Write($"{child.Exit.GetAwaiter().GetResult().Code} ");
        // All that is left are orphans, which end and are waited for, and the watcher over groups, named after the thread that made it.
        while (Directory.GetDirectories("/proc").Any(path => int.TryParse(Path.GetFileName(path), out int pid) && pid != Environment.ProcessId && !IsWatcher(path)))
            Thread.Sleep(5);
        Console.WriteLine("alone");
    }

    private static bool IsWatcher(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm")) == "launcher\n";
        }
        catch (IOException)
        {
            return false;
        }
    }

    // In namespaces of its own, all that a first process does to its machine.
    private static void BeMachine()
    {
        Hostname.Set("of-its-own");
        Mounts.Mount("tmpfs", "/mnt", options: MountOptions.NoDevices, data: "mode=750");
        Console.WriteLine($"{Environment.MachineName} {Mounts.IsMount("/mnt")} {FileStatus.Read("/mnt").Mode == 0x1E8}");
        Directory.CreateDirectory("/mnt/etc");
        Mounts.Bind("/etc", "/mnt/etc", MountOptions.ReadOnly);
        try
        {
            File.WriteAllText("/mnt/etc/megatux-test", "x");
        }
        catch (IOException refused)
        {
            Console.WriteLine(refused.Message.Contains("Read-only", StringComparison.Ordinal));
        }

        Mounts.Unmount("/mnt/etc", detach: true);
        Console.WriteLine(Directory.GetFileSystemEntries("/mnt/etc").Length);
        Mounts.Unmount("/mnt");
        // The runtime's own files must be in the new root too.
        Mounts.Bind("/", "/mnt");
        Mounts.Mount("tmpfs", "/mnt/opt");
        File.WriteAllText("/mnt/opt/marker", "x");
        Mounts.MoveRoot("/mnt");
        Console.WriteLine($"{File.Exists("/opt/marker")} {File.Exists("/proc/self/status")}");
        Console.Out.Flush();
        // In a pid namespace this ends the namespace, as if by SIGINT (pid_namespaces(7)).
        Power.Off();
    }
}
