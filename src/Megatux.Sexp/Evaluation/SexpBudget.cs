namespace Megatux.Sexp;

/// <summary>
/// What one run of a program may use. All three are counted, not measured: the same program on the same data ends at the same
/// place on every machine.
/// </summary>
public sealed record SexpBudget
{
    /// <summary>What is enough for a reducer over some ten thousand samples.</summary>
    public static SexpBudget Default { get; } = new();

    /// <summary>Expressions (names and constants are none), and items or 64 bytes that a built-in function looks at; from 1.</summary>
    public long Steps { get; init => field = FromOne(value, nameof(Steps)); } = 1_000_000;

    /// <summary>
    /// Levels of calls and of expressions in each other; from 1. A level takes about a quarter of a KiB of the thread's stack: a thread of
    /// 256 KiB holds the default, and a run on one that holds less ends with <see cref="SexpFault.OutOfDepth"/> all the same.
    /// </summary>
    public int Depth { get; init => field = (int)FromOne(value, nameof(Depth)); } = 500;

    /// <summary>Bytes of all values that are made, whether they are still used or not; from 1.</summary>
    public long Memory { get; init => field = FromOne(value, nameof(Memory)); } = 16 << 20;

    private static long FromOne(long value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }
}
