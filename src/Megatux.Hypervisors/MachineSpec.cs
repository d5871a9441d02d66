namespace Megatux.Hypervisors;

/// <summary>What a machine is made of.</summary>
public sealed record MachineSpec
{
    /// <summary>What to call the machine in messages.</summary>
    public required string Name { get; init; }

    /// <summary>Full path of the kernel.</summary>
    public required string Kernel { get; init; }

    /// <summary>Full path of the initramfs, its members joined.</summary>
    public required string Initrd { get; init; }

    /// <summary>Memory in MiB, from 1.</summary>
    public required int MemoryMiB { get; init; }

    /// <summary>Words of the kernel's command line, behind those that the hypervisor needs.</summary>
    public required IReadOnlyList<string> CommandLine { get; init; }

    /// <summary>Full path of a folder for the machine alone, which is there; whoever made it removes it after the machine's end.</summary>
    public required string Folder { get; init; }
}
