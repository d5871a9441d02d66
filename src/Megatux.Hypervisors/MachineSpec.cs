namespace Megatux.Hypervisors;

/// <summary>What a machine is made of.</summary>
public sealed record MachineSpec
{
    /// <summary>What to call the machine in messages, and a container in its own eyes.</summary>
    public required string Name { get; init; }

    /// <summary>Full path of the kernel; empty for a container.</summary>
    public string Kernel { get; init; } = "";

    /// <summary>True for a machine that has neither kernel nor image nor disk, and looks for them on its network. Under QEMU alone.</summary>
    public bool BootsFromNetwork { get; init; }

    /// <summary>Full path of the initramfs, its members joined; empty for a container.</summary>
    public string Initrd { get; init; } = "";

    /// <summary>
    /// Full path of a file system (ext2) that is the machine's root in place of an initramfs; empty for none. Machines share
    /// it: what one changes is its own, and gone with it. Under UML alone.
    /// </summary>
    public string RootImage { get; init; } = "";

    /// <summary>Folders that a container's root shows, the uppermost first.</summary>
    public IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>Folders of this machine that a container sees without being able to write to them.</summary>
    public IReadOnlyList<(string Outside, string Inside)> Shown { get; init; } = [];

    /// <summary>A container's first program.</summary>
    public string Program { get; init; } = "/init";

    /// <summary>Memory in MiB, from 1; for a container 0 is no limit.</summary>
    public required int MemoryMiB { get; init; }

    /// <summary>Words of the kernel's command line, behind those that the hypervisor needs; a container's arguments.</summary>
    public required IReadOnlyList<string> CommandLine { get; init; }

    /// <summary>Full path of a folder for the machine alone, which is there; whoever made it removes it after the machine's end.</summary>
    public required string Folder { get; init; }

    /// <summary>The machine's network; null for none.</summary>
    public Cable? Cable { get; init; }

    /// <summary>True for a byte pipe between the machine and whoever launches it, which the machine is told of.</summary>
    public bool HasChannel { get; init; }

    /// <summary>
    /// The number of the user whose process the machine is, who owns its folder and its tap, and has no rights; null for who we
    /// are. Takes root. Under UML alone.
    /// </summary>
    public int? User { get; init; }

    /// <summary>True for a container that launches machines itself: it gets the devices that this takes.</summary>
    public bool HostsMachines { get; init; }

    /// <summary>True if one that does gets KVM as well, where this machine has it.</summary>
    public bool UsesKvm { get; init; }
}
