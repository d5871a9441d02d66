using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>How large a file system is, and where the parts of its groups lie.</summary>
/// <param name="Groups">How many groups it has.</param>
/// <param name="Blocks">How many blocks it has.</param>
/// <param name="TableBlocks">How many blocks of each group hold inodes.</param>
internal sealed record Ext2Layout(long Groups, long Blocks, int TableBlocks)
{
    /// <summary>Inodes to spare, whatever the free space.</summary>
    private const int SpareInodes = 1024;

    /// <summary>One more inode for as many bytes of free space, as mke2fs has it.</summary>
    private const int BytesPerInode = 16384;

    internal int InodesPerGroup => TableBlocks * Ext2.InodesPerBlock;

    internal uint Inodes => (uint)(Groups * InodesPerGroup);

    internal int DescriptorBlocks => (int)Ext2.DivideUp(Groups, Ext2.DescriptorsPerBlock);

    /// <summary>The smallest file system that has so much free space. The last group may have some more, where it could not be smaller.</summary>
    /// <param name="space">The blocks that are taken.</param>
    /// <param name="freeBlocks">How many blocks are to be free.</param>
    /// <param name="inodes">How many inodes are taken.</param>
    /// <exception cref="MegatuxException">The file system would be larger than there can be.</exception>
    internal static Ext2Layout Of(BlockSpace space, long freeBlocks, long inodes)
    {
        long wanted = inodes + SpareInodes + (freeBlocks * Ext2.BlockLength / BytesPerInode);
        long groups = Math.Max(1, Ext2.DivideUp(Math.Max(space.End, space.Used + freeBlocks), Ext2.BlocksPerGroup));
        while (groups * Ext2.MostInodesPerGroup < wanted)
            groups++;
        long heads = 0;
        for (long group = 0; group < groups - 1; group++)
            heads += Ext2.HasSuperblock(group) ? 1 : 0;

        for (; Ext2.DivideUp(groups, Ext2.DescriptorsPerBlock) is var descriptors && descriptors <= space.MostDescriptorBlocks; groups++)
        {
            int table = (int)Ext2.DivideUp(Ext2.DivideUp(wanted, groups), Ext2.InodesPerBlock);
            long tail = Ext2.BitmapBlocks + table;
            bool lastHasHead = Ext2.HasSuperblock(groups - 1);
            heads += lastHasHead ? 1 : 0;

            long lastStart = (groups - 1) * Ext2.BlocksPerGroup;
            long leastLast = Math.Max(lastStart + (lastHasHead ? 1 + descriptors : 0), space.End) + tail;
            long blocks = Math.Max(space.Used + freeBlocks + (groups * tail) + (heads * (1 + descriptors)), leastLast);
            if (blocks > Ext2.MostBlocks)
                break;
            if (blocks <= groups * Ext2.BlocksPerGroup)
                return new Ext2Layout(groups, blocks, table);
        }

        throw TooLarge();
    }

    /// <summary>First block of a group.</summary>
    internal static long StartOf(long group) => group * Ext2.BlocksPerGroup;

    /// <summary>One past the last block of a group.</summary>
    internal long EndOf(long group) => Math.Min(StartOf(group + 1), Blocks);

    /// <summary>The block that says which of a group's blocks are taken.</summary>
    internal long BlockBitmapOf(long group) => EndOf(group) - TableBlocks - Ext2.BitmapBlocks;

    /// <summary>The block that says which of a group's inodes are taken.</summary>
    internal long InodeBitmapOf(long group) => BlockBitmapOf(group) + 1;

    /// <summary>The first block with a group's inodes.</summary>
    internal long TableOf(long group) => EndOf(group) - TableBlocks;

    internal static MegatuxException TooLarge() => new(ErrorCodes.FileSystemTooLarge,
        "The contents and the free space that was asked for are more than the 16 TiB that a file system can have: ask for less free space.");
}
