using Megatux.Hypervisors;
using Megatux.Linux;

namespace Megatux.Cli.Tests;

/// <summary>A machine that has all that there is to have, but for what a test takes away.</summary>
internal sealed class FakeMachine : IMachineFacts
{
    public Dictionary<string, string> Files { get; } = new()
    {
        ["/proc/sys/kernel/osrelease"] = "6.1.0-56-cloud-amd64\n",
        ["/proc/sys/kernel/pid_max"] = "4194304\n",
        ["/proc/sys/kernel/threads-max"] = "200000\n",
        ["/proc/self/limits"] = "Limit                     Soft Limit           Hard Limit           Units     \n"
            + "Max processes             unlimited            unlimited            processes \n"
            + "Max open files            1024                 524288               files     \n",
        ["/proc/self/mounts"] = "cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid 0 0\n",
        ["/sys/fs/cgroup/cgroup.controllers"] = "cpuset cpu io memory pids\n",
        ["/etc/subuid"] = "someone:100000:65536\n",
        ["/etc/subgid"] = "1000:100000:65536\n",
    };

    public HashSet<string> Programs { get; } = ["linux.uml", "qemu-system-x86_64", "newuidmap", "newgidmap"];

    public HashSet<string> Broken { get; } = [];

    public HashSet<string> Devices { get; } = ["/dev/net/tun", "/dev/kvm"];

    public bool IsRoot { get; set; } = true;

    public string Name { get; set; } = "someone";

    public string UserName => IsRoot ? "root" : Name;

    public string UserNumber => IsRoot ? "0" : "1000";

    public MachineMemory Memory { get; set; } = new(8000, 7200);

    public FileSystemStatus? SharedMemory { get; set; } = new() { IsTmpfs = true, AllowsExecution = true, AvailableBytes = 4L << 30 };

    public Namespaces Refused { get; set; }

    public string? Refusal { get; set; }

    public KvmProbe Kvm { get; set; } = new(KvmState.Works, "A kernel boots on it.");

    public string? ReadText(string path) => Files.GetValueOrDefault(path);

    public bool CanOpen(string path) => Devices.Contains(path);

    public string? FindProgram(string name) => Programs.Contains(name) ? $"/usr/bin/{name}" : null;

    public string? VersionOf(string program) => Broken.Contains(Path.GetFileName(program)) ? null : "1.2\nmore\n";

    public FileSystemStatus? FileSystemOf(string path) => SharedMemory;

    public string? NamespaceRefusal(Namespaces kinds, bool inUserNamespace) => (kinds & Refused) != 0 ? "Operation not permitted" : null;

    public string? NetworkRefusal(Action<NetworkSetup> trial) => Refusal;

    public string? ContainerRefusal() => Refusal;

    public KvmProbe TryKvm(string kernel) => Kvm;
}
