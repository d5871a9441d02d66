using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>What a container sees of its own rather than the machine's. The values are those of clone (include/uapi/linux/sched.h).</summary>
[Flags]
public enum Namespaces
{
    /// <summary>All is as it is outside.</summary>
    None = 0,

    /// <summary>Mounts.</summary>
    Mount = 0x00020000,

    /// <summary>The host name.</summary>
    HostName = 0x04000000,

    /// <summary>System V and POSIX message queues, semaphores and shared memory.</summary>
    Ipc = 0x08000000,

    /// <summary>Processes; the child is number 1, and all of them end with it.</summary>
    Process = 0x20000000,

    /// <summary>Network interfaces, addresses and routes.</summary>
    Network = 0x40000000,

    /// <summary>All of these.</summary>
    All = Mount | HostName | Ipc | Process | Network,
}

/// <summary>What surrounds a child that is a container. Takes root, or root of a user namespace.</summary>
public sealed record ContainerSpec
{
    /// <summary>What it has of its own.</summary>
    public Namespaces Namespaces { get; init; } = Namespaces.All;

    /// <summary>A network namespace (an open /proc/PID/ns/net) for it to join, in place of a new one; or null.</summary>
    public SafeHandle? Network { get; init; }

    /// <summary>Its root folder; null for ours. Takes <see cref="Namespaces.Mount"/>.</summary>
    public ContainerRoot? Root { get; init; }

    /// <summary>Its host name, up to 64 bytes; null for ours. Takes <see cref="Namespaces.HostName"/>.</summary>
    public string? HostName { get; init; }

    /// <summary>
    /// True to have /proc and /sys as its namespaces have them and, under a root of its own, a /dev with the usual harmless
    /// devices, pseudo-terminals and shared memory.
    /// </summary>
    public bool SystemFolders { get; init; } = true;

    /// <summary>What it sees of our files, in this order. Takes <see cref="Namespaces.Mount"/>.</summary>
    public IReadOnlyList<BindMount> Binds { get; init; } = [];

    /// <summary>True if no program in it can gain rights, by set-user-id bits for one.</summary>
    public bool NoNewPrivileges { get; init; }

    /// <summary>Capabilities that it keeps, by number (include/uapi/linux/capability.h); null for all that we have.</summary>
    public IReadOnlySet<int>? Capabilities { get; init; }

    /// <summary>
    /// True to keep it from changing the machine through /proc and /sys, where root writes by owning the files, without any
    /// capability. Both can only be read then, but for /proc/sys/net, which is its own network's.
    /// </summary>
    public bool ReadOnlySystem { get; init; }

    /// <summary>The most bytes that its /dev/shm holds; null for half of the machine's memory.</summary>
    public long? SharedMemoryBytes { get; init; }

    /// <summary>The number of the user, and of its only group, that it is; null for who we are. Takes root.</summary>
    public int? User { get; init; }
}

/// <summary>A root folder that is an overlay, whose lower folders nothing changes.</summary>
public sealed record ContainerRoot
{
    /// <summary>Folders that show through, the topmost first; at least one.</summary>
    public required IReadOnlyList<string> Lower { get; init; }

    /// <summary>The folder that what is written goes to; null for memory that is gone with the container.</summary>
    public string? Upper { get; init; }

    /// <summary>An empty folder on the file system of <see cref="Upper"/>, which goes with it.</summary>
    public string? Work { get; init; }

    /// <summary>The most bytes of memory where there is no <see cref="Upper"/>; null for half of the machine's.</summary>
    public long? MemoryBytes { get; init; }
}

/// <summary>A file or folder that a container sees at another place.</summary>
/// <param name="Source">A file, folder or device node outside.</param>
/// <param name="Target">Absolute path inside, without "..". What is missing of it is made.</param>
/// <param name="ReadOnly">True if nothing can be written through it. Mounts beneath the source are not covered.</param>
public sealed record BindMount(string Source, string Target, bool ReadOnly = false)
{
    /// <summary>The type of the file system on the source, a block device, that it sees in its place; null to see the source itself.</summary>
    public string? FileSystem { get; init; }
}
