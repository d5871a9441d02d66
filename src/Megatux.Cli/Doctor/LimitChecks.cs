using System.Globalization;

namespace Megatux.Cli;

/// <summary>How many guests the kernel's limits allow.</summary>
internal static class LimitChecks
{
    /// <summary>
    /// Processes and threads of a guest under UML, as this machine counts them: four with nothing but its agent, and as many
    /// again for what runs in it.
    /// </summary>
    internal const int TasksOfGuest = 8;

    /// <summary>Descriptors that a host has open for each of its guests: process, console, channel, log.</summary>
    internal const int DescriptorsOfGuest = 4;

    /// <summary>What the table of neighbours holds of a guest in a container that talks to its host alone: each knows the other.</summary>
    internal const int NeighboursOfGuest = 2;

    private const string MostNeighbours = "/proc/sys/net/ipv4/neigh/default/gc_thresh3";

    private const string Limits = "/proc/self/limits", MostTasks = "/proc/sys/kernel/threads-max", MostNumbers = "/proc/sys/kernel/pid_max";

    /// <summary>Width of the first column of proc_pid_limits(5), and where the hard limit stands behind it.</summary>
    private const int NameWidth = 26, HardField = 1;

    internal static Finding Processes(IMachineFacts machine)
    {
        (string Name, long Value, string Remedy)[] limits =
        [
            ("kernel.pid_max", Number(machine.ReadText(MostNumbers)), "sysctl kernel.pid_max=4194304"),
            ("kernel.threads-max", Number(machine.ReadText(MostTasks)), "sysctl kernel.threads-max=1000000"),
            // The kernel does not hold root to it.
            .. machine.IsRoot ? [] : ((string, long, string)[])[("the limit of processes (ulimit -u)", HardLimit(machine, "Max processes"), "raise nproc in /etc/security/limits.conf")],
        ];
        (string name, long value, string remedy) = limits.MinBy(limit => limit.Value);
        return Judge(machine, $"{name} is {Text(value)}", value / TasksOfGuest, "guests", remedy);
    }

    internal static Finding Descriptors(IMachineFacts machine)
    {
        long value = HardLimit(machine, "Max open files");
        return Judge(machine, $"a process may open {Text(value)} files", value / DescriptorsOfGuest, "guests a host", "raise nofile in /etc/security/limits.conf");
    }

    /// <summary>The kernel has one table for all of its containers, and loses packets without a word when it is full.</summary>
    internal static Finding Neighbours(IMachineFacts machine)
    {
        long value = Number(machine.ReadText(MostNeighbours));
        return Judge(machine, $"net.ipv4.neigh.default.gc_thresh3 is {Text(value)}", value / NeighboursOfGuest, "guests that talk to few others",
            "sysctl net.ipv4.neigh.default.gc_thresh3=1000000");
    }

    // Less than there is memory for is worth a word, and less than a laptop's hundred in any case.
    private static Finding Judge(IMachineFacts machine, string fact, long guests, string what, string remedy)
    {
        string text = $"{fact}: {Text(guests)} {what}";
        return guests >= Math.Max(100, MemoryChecks.GuestsIn(machine.Memory)) ? Finding.Ok(text) : Finding.Warning($"{text}, less than there is memory for", remedy);
    }

    private static long HardLimit(IMachineFacts machine, string name)
    {
        foreach (string line in (machine.ReadText(Limits) ?? "").Split('\n'))
            if (line.StartsWith(name, StringComparison.Ordinal))
                return Number(line[NameWidth..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[HardField]);
        return long.MaxValue;
    }

    // "unlimited", and what the kernel does not tell, is no limit.
    private static long Number(string? text) => long.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : long.MaxValue;

    private static string Text(long value) => value >= long.MaxValue / TasksOfGuest ? "unlimited" : value.ToString(CultureInfo.InvariantCulture);
}
