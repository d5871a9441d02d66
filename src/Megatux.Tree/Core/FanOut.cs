namespace Megatux.Tree;

/// <summary>
/// How many children a daemon takes: the square root of those that are expected below it, so that neither the tree's depth
/// nor any daemon's work grows as their number does (R. Minnich et al., XCPU and BProc at scale).
/// </summary>
public static class FanOut
{
    /// <summary>A daemon with so few below it takes all of them, and whoever else comes.</summary>
    public const int Few = 8;

    /// <summary>How many children a daemon takes; whoever comes later is sent on to them.</summary>
    /// <param name="expected">How many daemons are expected below it, from 0.</param>
    public static int Of(long expected)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expected);
        return expected <= Few ? Few : (int)Math.Ceiling(Math.Sqrt(expected));
    }

    /// <summary>How many daemons are expected below each of the children.</summary>
    public static long Below(long expected)
    {
        int children = Of(expected);
        return Math.Max(0, (expected - 1) / children);
    }
}
