using Megatux.Tree;

namespace Megatux.Pushmon;

/// <summary>
/// Who pushes to whom: a pure function of rank and number of hosts. All below a host are the ranks that follow its own, so that a
/// whole branch is one range.
/// </summary>
public static class PushTree
{
    /// <summary>How many push to the same host, at most, while nobody is gone.</summary>
    public const int FanOut = 32;

    /// <summary>Those that a host pushes to: its parent, and whoever takes its place when those before are gone. The last is the root.</summary>
    /// <param name="rank">The host's rank.</param>
    /// <param name="count">How many hosts there are.</param>
    public static IReadOnlyList<long> AncestorsOf(long rank, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, count);
        var above = new List<long> { TreeDaemon.Root };
        for (long from = 0, until = count; ;)
        {
            // Those of a branch but its first are up to FanOut branches of their own.
            long size = (until - from + FanOut - 1) / FanOut;
            long first = from + ((rank - from) / size * size);
            if (first == rank)
                break;
            above.Add(first);
            (from, until) = (first + 1, Math.Min(first + size, until));
        }

        above.Reverse();
        return above;
    }
}
