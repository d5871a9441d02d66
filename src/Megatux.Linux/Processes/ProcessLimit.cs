namespace Megatux.Linux;

/// <summary>What a process can be limited in; the numbers are those of include/uapi/asm-generic/resource.h.</summary>
public enum LimitedResource
{
    /// <summary>Seconds of processor time.</summary>
    ProcessorSeconds = 0,

    /// <summary>Bytes of a file that it writes.</summary>
    FileBytes = 1,

    /// <summary>Bytes of its stack.</summary>
    StackBytes = 3,

    /// <summary>Bytes of a core file; 0 for none.</summary>
    CoreBytes = 4,

    /// <summary>Processes and threads of its user.</summary>
    Processes = 6,

    /// <summary>Open descriptors.</summary>
    Descriptors = 7,

    /// <summary>Bytes of locked memory.</summary>
    LockedBytes = 8,

    /// <summary>Bytes of address space.</summary>
    AddressSpaceBytes = 9,
}

/// <summary>A limit of a process, soft and hard at once.</summary>
/// <param name="Resource">What is limited.</param>
/// <param name="Value">The most of it; <see cref="Unlimited"/> for no limit.</param>
public readonly record struct ProcessLimit(LimitedResource Resource, ulong Value)
{
    /// <summary>RLIM64_INFINITY: no limit.</summary>
    public const ulong Unlimited = ulong.MaxValue;
}
