using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Hypervisors;

/// <summary>What is found out before a machine is started, because what it would say itself is hard to understand.</summary>
internal static class LaunchChecks
{
    private const long BytesInMebibyte = 1 << 20;

    internal static void RequireFiles(MachineSpec spec)
    {
        foreach ((string what, string file) in new[] { ("kernel", spec.Kernel), ("image", spec.RootImage.Length > 0 ? spec.RootImage : spec.Initrd) })
            if (!File.Exists(file))
                throw new MegatuxException(ErrorCodes.BootFileMissing,
                    $"The {what} of {spec.Name}, {file}, is not there: build the experiment again.");
    }

    /// <summary>Compares with the memory that this machine can give without paging.</summary>
    internal static void RequireMemory(MachineSpec spec, string hypervisor, int ownMiB)
    {
        (long total, long available) = MachineMemory.Read();
        long needed = (long)spec.MemoryMiB + ownMiB;
        if (needed > available)
            throw new MegatuxException(ErrorCodes.MemoryShort,
                $"{spec.Name} needs {spec.MemoryMiB} MiB, and {hypervisor} {ownMiB} MiB of its own: {needed} MiB together. "
                + $"Of this machine's {total} MiB, {available} MiB are free: free some, or give the node less memory in the project.");
    }

    /// <summary>Compares with the space of the tmpfs that will hold the machine's memory.</summary>
    internal static void RequireSpace(MachineSpec spec, string folder, long availableBytes)
    {
        long available = availableBytes / BytesInMebibyte;
        if (spec.MemoryMiB > available)
            throw new MegatuxException(ErrorCodes.MemoryShort,
                $"{spec.Name} needs {spec.MemoryMiB} MiB in {folder}, where {available} MiB are free: enlarge it with `mount -o remount,size=... {folder}`, "
                + "or give the node less memory in the project.");
    }
}
