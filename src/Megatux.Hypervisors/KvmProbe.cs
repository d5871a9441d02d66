namespace Megatux.Hypervisors;

/// <summary>What KVM is good for on a machine.</summary>
public enum KvmState
{
    /// <summary>A kernel boots on it.</summary>
    Works,

    /// <summary>There is none, or it may not be used, or there is no QEMU to try it with.</summary>
    Absent,

    /// <summary>The device is there, and a kernel that is booted on it does not get anywhere.</summary>
    Hangs,
}

/// <summary>
/// Finds out whether KVM works, by booting a kernel on it: inside some virtual machines /dev/kvm is there and takes every
/// call, but the processor that it makes spins for ever.
/// </summary>
/// <param name="State">What came of it.</param>
/// <param name="Reason">Why, in a sentence for people.</param>
public sealed record KvmProbe(KvmState State, string Reason)
{
    /// <summary>The device by which machines use KVM.</summary>
    public const string Device = "/dev/kvm";

    /// <summary>How long a kernel may take that takes half a second where KVM works.</summary>
    public static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(4);

    /// <summary>Enough for any kernel to come to where it finds no root.</summary>
    private const int MemoryMiB = 128;

    // kernel/panic.c: panic(). It is what a kernel that was given no root ends with, and so has done all that comes before.
    private const string EndMark = "Kernel panic - not syncing";

    /// <summary>Tries. Takes up to the limit and keeps a core busy for as long: whoever asks remembers the answer.</summary>
    /// <param name="kernel">Full path of a bootable kernel for this kind of machine that can write to a serial line.</param>
    /// <param name="limit">How long it may take.</param>
    public static KvmProbe Find(string kernel, TimeSpan limit)
    {
        ArgumentException.ThrowIfNullOrEmpty(kernel);
        if (WhyAbsent(kernel) is { } reason)
            return new KvmProbe(KvmState.Absent, reason);
        var spec = new MachineSpec
        {
            Name = "the kernel that tries KVM",
            Kernel = kernel,
            MemoryMiB = MemoryMiB,
            CommandLine = ["quiet"],
            Folder = Path.GetTempPath(),
        };
        using Machine machine = new MachineStart(Programs.Find(Qemu.Program)!, Qemu.Arguments(spec, usesKvm: true)) { HasMonitor = true }.Run(spec);
        Task<List<string>> console = ReadAsync(machine);
        if (!machine.Exit.Wait(limit))
            return new KvmProbe(KvmState.Hangs, FormattableString.Invariant($"{Device} is there, but a kernel that was booted on it had not got anywhere after {limit.TotalSeconds} s."));
        List<string> lines = console.Wait(limit) ? console.Result : [];
        return lines.Exists(line => line.Contains(EndMark, StringComparison.Ordinal))
            ? new KvmProbe(KvmState.Works, "A kernel boots on it.")
            : new KvmProbe(KvmState.Absent, $"{Qemu.Program} cannot use {Device}: {(lines is [.., var last] ? last : "it ended without a word")}");
    }

    private static string? WhyAbsent(string kernel)
    {
        if (!File.Exists(Device))
            return $"There is no {Device}.";
        if (Programs.Find(Qemu.Program) is null)
            return $"{Qemu.Program}, which {Device} is tried with, is not on the PATH: install the package {Qemu.Package}.";
        if (!File.Exists(kernel))
            return $"There is no kernel {kernel} to try {Device} with.";
        try
        {
            using FileStream _ = File.Open(Device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return $"{Device} cannot be opened: {refused.Message}";
        }
    }

    private static async Task<List<string>> ReadAsync(Machine machine)
    {
        const int mostLines = 1000;
        var lines = new List<string>();
        await foreach (string line in machine.ReadConsoleAsync().ConfigureAwait(false))
            if (line.Length > 0 && lines.Count < mostLines)
                lines.Add(line);
        return lines;
    }
}
