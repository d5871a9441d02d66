using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Hands out blocks from the first on, while nobody knows yet how large the file system will be: contents are read once,
/// and go where they stay. What lies at fixed places is left out: the superblock and the group descriptors that begin some
/// groups, with room for as many groups as there may be; and at each group's end its bits and its inodes, as many as there may be.
/// </summary>
internal sealed class BlockSpace
{
    private const int Tail = Ext2.BitmapBlocks + Ext2.MostTableBlocks;

    /// <summary>Groups that there is room for beyond those that free space takes: 128 GiB, more than a root in memory has.</summary>
    private const int GroupsForContents = 1024;

    private readonly List<BlockRun> _returned = [];

    /// <summary>Makes a space.</summary>
    /// <param name="freeBlocks">How many blocks will be free in the end.</param>
    internal BlockSpace(long freeBlocks)
    {
        // Of a group at most some 2100 blocks hold no contents: 32768 blocks of free space take less than 40000.
        long groups = GroupsForContents + Ext2.DivideUp(freeBlocks, Ext2.BlocksPerGroup * 3 / 4);
        MostDescriptorBlocks = (int)Ext2.DivideUp(groups, Ext2.DescriptorsPerBlock);
        End = FirstOf(0);
    }

    /// <summary>How many blocks there are for the group descriptors; those that are not needed in the end are free.</summary>
    internal int MostDescriptorBlocks { get; }

    /// <summary>One past the last block that was ever handed out.</summary>
    internal long End { get; private set; }

    /// <summary>How many blocks are taken.</summary>
    internal long Used { get; private set; }

    /// <summary>Takes blocks that lie one behind the other: one at least, more if there are.</summary>
    /// <exception cref="MegatuxException">The contents are larger than there is room for.</exception>
    internal BlockRun Take(uint atMost)
    {
        BlockRun run = _returned.Count > 0 ? TakeReturned(atMost) : TakeNew(atMost);
        Used += run.Count;
        return run;
    }

    /// <summary>Gives back what a file that is overwritten or removed held.</summary>
    internal void GiveBack(BlockList blocks)
    {
        foreach (BlockRun run in blocks.Runs.Where(run => !run.IsHole))
        {
            _returned.Add(run);
            Used -= run.Count;
        }
    }

    /// <summary>Sets the bits of the blocks that were handed out from each group, one group after the other.</summary>
    internal IEnumerable<byte[]> Bitmaps(long groups)
    {
        byte[] bits = new byte[Ext2.BlockLength];
        BlockRun[] returned = [.. _returned.OrderBy(run => run.Start)];
        int next = 0;
        for (long group = 0; group < groups; group++)
        {
            long start = group * Ext2.BlocksPerGroup;
            Array.Clear(bits);
            Bits.Set(bits, FirstOf(group) - start, Math.Min(LimitOf(group), End) - start);
            // A run never goes on in the next group.
            for (; next < returned.Length && returned[next].Start < start + Ext2.BlocksPerGroup; next++)
                Bits.Clear(bits, returned[next].Start - start, returned[next].Start - start + returned[next].Count);
            yield return bits;
        }
    }

    private BlockRun TakeReturned(uint atMost)
    {
        BlockRun run = _returned[^1];
        _returned.RemoveAt(_returned.Count - 1);
        if (run.Count <= atMost)
            return run;
        _returned.Add(new BlockRun(run.Start + atMost, run.Count - atMost));
        return run with { Count = atMost };
    }

    private BlockRun TakeNew(uint atMost)
    {
        long group = End / Ext2.BlocksPerGroup;
        if (End == LimitOf(group))
            End = FirstOf(++group);
        if (group >= (long)MostDescriptorBlocks * Ext2.DescriptorsPerBlock || LimitOf(group) > Ext2.MostBlocks)
            throw new MegatuxException(ErrorCodes.FileSystemTooLarge,
                $"The image's contents are larger than the {GroupsForContents / 8} GiB that a file system for guests has room for: put less into it.");
        var run = new BlockRun((uint)End, (uint)Math.Min(atMost, LimitOf(group) - End));
        End += run.Count;
        return run;
    }

    private long FirstOf(long group) => (group * Ext2.BlocksPerGroup) + (Ext2.HasSuperblock(group) ? 1 + MostDescriptorBlocks : 0);

    private static long LimitOf(long group) => ((group + 1) * Ext2.BlocksPerGroup) - Tail;
}
