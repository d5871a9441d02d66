using System.Buffers.Binary;

namespace Megatux.Imaging;

/// <summary>Writes what says where everything is: superblock, group descriptors, bits, inodes.</summary>
internal sealed class Ext2Metadata(Ext2Layout layout, BlockSpace space, InodeTable inodes, BlockWriter writer)
{
    private const int SuperblockOffset = 1024;
    private const ushort Magic = 0xEF53;
    private const uint FileTypeFeature = 2, SparseSuperblockFeature = 1, LargeFileFeature = 2;

    private readonly byte[] _descriptors = new byte[layout.DescriptorBlocks * Ext2.BlockLength];
    private long _freeBlocks;

    /// <summary>The file systems' name for themselves, which tools want to be there; one for all, so that the same contents give the same bytes.</summary>
    private static ReadOnlySpan<byte> Identity => [0x6d, 0x65, 0x67, 0x61, 0x74, 0x75, 0x80, 0x78, 0x80, 0x65, 0x78, 0x74, 0x32, 0x00, 0x00, 0x01];

    internal void Write()
    {
        long group = 0;
        foreach (byte[] taken in space.Bitmaps(layout.Groups))
            WriteGroup(group++, taken);
        for (group = 0; group < layout.Groups; group++)
            if (Ext2.HasSuperblock(group))
                WriteHead(group);
        writer.SetLength(layout.Blocks);
    }

    private void WriteGroup(long group, byte[] taken)
    {
        long start = Ext2Layout.StartOf(group), end = layout.EndOf(group);
        if (Ext2.HasSuperblock(group))
            Bits.Set(taken, 0, 1 + layout.DescriptorBlocks);
        Bits.Set(taken, layout.BlockBitmapOf(group) - start, Ext2.BlocksPerGroup);
        writer.Write(layout.BlockBitmapOf(group), taken);
        int freeBlocks = Bits.CountFree(taken);
        _freeBlocks += freeBlocks;

        int used = (int)Math.Clamp(inodes.Count - (group * layout.InodesPerGroup), 0, layout.InodesPerGroup);
        Array.Clear(taken);
        Bits.Set(taken, 0, used);
        Bits.Set(taken, layout.InodesPerGroup, Ext2.MostInodesPerGroup);
        writer.Write(layout.InodeBitmapOf(group), taken);
        int firstBlock = (int)Math.Min(group * layout.TableBlocks, inodes.Blocks.Count);
        int blocks = Math.Min(layout.TableBlocks, inodes.Blocks.Count - firstBlock);
        for (int i = 0; i < blocks; i++)
            writer.Write(layout.TableOf(group) + i, inodes.Blocks[firstBlock + i]);

        Span<byte> descriptor = _descriptors.AsSpan((int)group * Ext2.DescriptorLength, Ext2.DescriptorLength);
        Write32(descriptor, 0, layout.BlockBitmapOf(group));
        Write32(descriptor, 4, layout.InodeBitmapOf(group));
        Write32(descriptor, 8, layout.TableOf(group));
        Write16(descriptor, 12, freeBlocks);
        Write16(descriptor, 14, layout.InodesPerGroup - used);
        Write16(descriptor, 16, DirectoriesIn(group));
    }

    /// <summary>Writes one copy of superblock and descriptors. The first lies behind room for a boot sector.</summary>
    private void WriteHead(long group)
    {
        byte[] block = new byte[Ext2.BlockLength];
        Span<byte> super = block.AsSpan(group == 0 ? SuperblockOffset : 0, SuperblockOffset);
        Write32(super, 0, layout.Inodes);
        Write32(super, 4, layout.Blocks);
        Write32(super, 12, _freeBlocks);
        Write32(super, 16, layout.Inodes - inodes.Count);
        Write32(super, 24, 2); // s_log_block_size: 1024 << 2.
        Write32(super, 28, 2); // s_log_frag_size.
        Write32(super, 32, Ext2.BlocksPerGroup);
        Write32(super, 36, Ext2.BlocksPerGroup); // s_frags_per_group.
        Write32(super, 40, layout.InodesPerGroup);
        Write16(super, 54, 0xFFFF); // s_max_mnt_count: never to be checked because of its age.
        Write16(super, 56, Magic);
        Write16(super, 58, 1); // s_state: unmounted cleanly.
        Write16(super, 60, 1); // s_errors: go on.
        Write32(super, 76, 1); // s_rev_level: features.
        Write32(super, 84, Ext2.FirstInode);
        Write16(super, 88, Ext2.InodeLength);
        Write16(super, 90, (int)group);
        Write32(super, 96, FileTypeFeature);
        Write32(super, 100, SparseSuperblockFeature | (inodes.HasLargeFile ? LargeFileFeature : 0));
        Identity.CopyTo(super[104..]);
        writer.Write(Ext2Layout.StartOf(group), block);
        writer.Write(Ext2Layout.StartOf(group) + 1, _descriptors);
    }

    private int DirectoriesIn(long group)
    {
        long first = (group * layout.InodesPerGroup) + 1;
        return IndexOf(first + layout.InodesPerGroup) - IndexOf(first);
    }

    /// <summary>How many directories have a number below this.</summary>
    private int IndexOf(long number)
    {
        int low = 0, high = inodes.Directories.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (inodes.Directories[middle] < number)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static void Write16(Span<byte> target, int offset, int value) => BinaryPrimitives.WriteUInt16LittleEndian(target[offset..], (ushort)value);

    private static void Write32(Span<byte> target, int offset, long value) => BinaryPrimitives.WriteUInt32LittleEndian(target[offset..], (uint)value);
}
