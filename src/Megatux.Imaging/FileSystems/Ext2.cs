namespace Megatux.Imaging;

/// <summary>
/// The second extended file system as Linux reads it, with blocks of 4096 bytes.
/// Source: Documentation/filesystems/ext2.rst, fs/ext2/ext2.h and fs/ext2/inode.c of Linux 6.1; all numbers are
/// little-endian.
/// </summary>
internal static class Ext2
{
    /// <summary>The largest block that every machine's kernel takes; and the page of memory that it is cached in.</summary>
    internal const int BlockLength = 4096;

    /// <summary>As many as one block of bits can say are taken.</summary>
    internal const int BlocksPerGroup = 8 * BlockLength;

    internal const int MostInodesPerGroup = 8 * BlockLength;

    /// <summary>Block numbers have 32 bits (s_blocks_count).</summary>
    internal const long MostBlocks = uint.MaxValue;

    // struct ext2_inode, as long as it was in revision 0.
    internal const int InodeLength = 128;
    internal const int InodesPerBlock = BlockLength / InodeLength;

    // i_block: 12 blocks of data, then one of pointers, one of pointers to these, and one of pointers to those.
    internal const int PointersOffset = 40;
    internal const int PointersLength = 15 * PointerLength;
    internal const int DirectPointers = 12;
    internal const int MostLevels = 3;
    internal const int PointerLength = 4;
    internal const int PointersPerBlock = BlockLength / PointerLength;

    // struct ext2_group_desc.
    internal const int DescriptorLength = 32;
    internal const int DescriptorsPerBlock = BlockLength / DescriptorLength;

    /// <summary>Blocks at which bits for blocks, bits for inodes and inodes lie: one, one, and as many as the inodes take.</summary>
    internal const int BitmapBlocks = 2;

    internal const int MostTableBlocks = MostInodesPerGroup / InodesPerBlock;

    // "Special inodes"; those up to 10 are never a file's.
    internal const uint RootInode = 2;
    internal const uint FirstInode = 11;

    /// <summary>EXT2_LINK_MAX.</summary>
    internal const int MostNames = 32000;

    /// <summary>A device's numbers have 12 and 20 bits (include/linux/kdev_t.h, new_encode_dev).</summary>
    internal const uint MostMajor = 0xFFF, MostMinor = 0xFFFFF;

    /// <summary>A link's target up to this length lies in the inode, where the block numbers of others are (ext2_symlink).</summary>
    internal const int LongestFastLink = PointersLength - 1;

    /// <summary>The directory that e2fsck puts what it finds into, and misses when there is none.</summary>
    internal const string LostAndFound = "lost+found";

    /// <summary>How many blocks a length takes.</summary>
    internal static long BlocksOf(long length) => DivideUp(length, BlockLength);

    internal static long DivideUp(long number, long by) => (number / by) + (number % by == 0 ? 0 : 1);

    /// <summary>
    /// ext2_bg_has_super, with the feature sparse_super: copies of the superblock and of the group descriptors begin the groups
    /// 0, 1 and the powers of 3, 5 and 7.
    /// </summary>
    internal static bool HasSuperblock(long group) => group <= 1 || IsPower(group, 3) || IsPower(group, 5) || IsPower(group, 7);

    private static bool IsPower(long number, long of)
    {
        while (number % of == 0)
            number /= of;
        return number == 1;
    }
}
