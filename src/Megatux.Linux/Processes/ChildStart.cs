using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>How a child process is to be started.</summary>
public sealed record ChildStart
{
    /// <summary>Where programs are looked for when nobody says otherwise.</summary>
    public const string UsualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>
    /// A path if it has a slash, relative to <see cref="WorkingDirectory"/>; otherwise a name that is looked for in the
    /// folders of the child's PATH. In a container both are seen from within.
    /// </summary>
    public required string Program { get; init; }

    /// <summary>Its arguments, without the program's own name.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>What it has as its environment, exactly; null for a copy of ours.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Variables that it has besides, in place of those of the same names.</summary>
    public IReadOnlyDictionary<string, string>? AddedEnvironment { get; init; }

    /// <summary>Where it starts; null for our own folder, or the root folder of a container.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>
    /// Its descriptors by number. Of 0 to 2, those that are not named are /dev/null; it inherits nothing else. The handles
    /// stay the caller's, who may close them once the child is started.
    /// </summary>
    public IReadOnlyList<(SafeHandle Handle, int Number)> Descriptors { get; init; } = [];

    /// <summary>True for a session of its own (setsid), false for a process group of its own only. It leads either.</summary>
    public bool NewSession { get; init; }

    /// <summary>True for a program that only runs well when its memory lies at the same addresses each time.</summary>
    public bool FixedAddresses { get; init; }

    /// <summary>
    /// True if the child and its process group are killed when this process ends, however it ends. A container with a pid
    /// namespace ends with all of its processes; elsewhere, those that left the group survive.
    /// </summary>
    public bool DiesWithParent { get; init; } = true;

    /// <summary>True if what is left of its process group is killed when it ends.</summary>
    public bool GroupEndsWithIt { get; init; }

    /// <summary>Limits that differ from ours.</summary>
    public IReadOnlyList<ProcessLimit> Limits { get; init; } = [];

    /// <summary>The container that it is the first process of; null for none.</summary>
    public ContainerSpec? Container { get; init; }
}
