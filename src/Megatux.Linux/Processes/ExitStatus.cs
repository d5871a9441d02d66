namespace Megatux.Linux;

/// <summary>How a child ended, and what it used.</summary>
public readonly record struct ExitStatus
{
    // wait(2): the lower seven bits are the signal, 0 if there was none; the exit code is above them.
    private const int SignalMask = 0x7F, CodeShift = 8, CodeMask = 0xFF;

    /// <summary>The code that it ended with, 0 to 255; 0 where a signal ended it.</summary>
    public int Code { get; private init; }

    /// <summary>The signal that ended it, 1 to 64; 0 where it ended by itself.</summary>
    public int Signal { get; private init; }

    /// <summary>Processor time in its own code, with that of children that it waited for.</summary>
    public TimeSpan UserTime { get; private init; }

    /// <summary>Processor time that the kernel spent for it, with that of children that it waited for.</summary>
    public TimeSpan SystemTime { get; private init; }

    /// <summary>
    /// The most memory that it had resident, in bytes. Never less than what this program had resident at its start:
    /// Linux counts the moment before a program is executed too, in which a child has its parent's memory.
    /// </summary>
    public long MaxResidentBytes { get; private init; }

    /// <summary>True if it ended by itself with code 0.</summary>
    public bool Succeeded => Code == 0 && Signal == 0;

    /// <summary>As a shell tells it: the code, or 128 more than the signal.</summary>
    public int ShellCode => Signal == 0 ? Code : 128 + Signal;

    internal static ExitStatus From(int status, in NativeProcesses.ResourceUsage usage) => new()
    {
        Signal = status & SignalMask,
        Code = (status & SignalMask) == 0 ? (status >> CodeShift) & CodeMask : 0,
        UserTime = TimeSpan.FromSeconds(usage.UserSeconds) + TimeSpan.FromMicroseconds(usage.UserMicroseconds),
        SystemTime = TimeSpan.FromSeconds(usage.SystemSeconds) + TimeSpan.FromMicroseconds(usage.SystemMicroseconds),
        MaxResidentBytes = usage.MaxResidentKilobytes * 1024,
    };
}
