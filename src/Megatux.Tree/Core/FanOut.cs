namespace Megatux.Tree;

/// <summary>
/// How many children a daemon takes: the square root of those that are expected below it, so that neither the tree's depth
/// nor any daemon's work grows as their number does (R. Minnich et al., XCPU and BProc at scale).
/// </summary>
public static class FanOut
{
    /// <summary>A daemon with so few below it takes all of them, and whoever else comes.</summary>
    public const int Few = 8;

    /// <summary>So many daemons may all turn to the root at once.</summary>
    public const int Direct = 256;

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

    /// <summary>
    /// Whom a daemon asks first that has never had a parent: the first of its group of neighbours, of which there are as many
    /// as the root takes children. Who is first asks the root, and so do all where they are few. The root has no more to do
    /// than any other, and branches are ranges.
    /// </summary>
    /// <param name="rank">Who asks.</param>
    /// <param name="expected">How many daemons are expected below the root.</param>
    public static long FirstToAsk(long rank, long expected)
    {
        if (expected <= Direct)
            return TreeDaemon.Root;
        int groups = Of(expected);
        long place = rank % ((expected + groups - 1) / groups);
        return place == 0 ? TreeDaemon.Root : rank - place;
    }
}
