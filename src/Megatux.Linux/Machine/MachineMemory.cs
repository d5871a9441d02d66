namespace Megatux.Linux;

/// <summary>The memory of this machine, in MiB.</summary>
/// <param name="TotalMiB">All of it that the kernel has.</param>
/// <param name="AvailableMiB">What it can give to programs without paging.</param>
public readonly record struct MachineMemory(long TotalMiB, long AvailableMiB)
{
    private const string Facts = "/proc/meminfo", Total = "MemTotal:", Available = "MemAvailable:";
    private const long KibibytesInMebibyte = 1024;

    /// <summary>Asks the kernel.</summary>
    public static MachineMemory Read() => Parse(File.ReadLines(Facts));

    /// <summary>Reads what the kernel tells; 0 for what it does not.</summary>
    /// <param name="lines">Lines as proc_meminfo(5) has them: "MemTotal:       24683520 kB".</param>
    internal static MachineMemory Parse(IEnumerable<string> lines)
    {
        var memory = default(MachineMemory);
        foreach (string line in lines)
        {
            if (KernelFact.TryReadKibibytes(line, Total) is { } total)
                memory = memory with { TotalMiB = total / KibibytesInMebibyte };
            else if (KernelFact.TryReadKibibytes(line, Available) is { } available)
                memory = memory with { AvailableMiB = available / KibibytesInMebibyte };
        }

        return memory;
    }
}
