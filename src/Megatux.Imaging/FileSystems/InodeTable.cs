using System.Buffers.Binary;

namespace Megatux.Imaging;

/// <summary>The inodes that are taken, from the first on; where they lie is decided later.</summary>
internal sealed class InodeTable
{
    private readonly List<byte[]> _blocks = [];
    private readonly List<uint> _directories = [];

    /// <summary>How many inodes are taken: all up to this number, those that no file can have among them.</summary>
    internal uint Count { get; private set; } = Ext2.FirstInode - 1;

    /// <summary>The blocks with the inodes, one behind the other.</summary>
    internal IReadOnlyList<byte[]> Blocks => _blocks;

    /// <summary>Numbers of the inodes that are directories, in order.</summary>
    internal IReadOnlyList<uint> Directories => _directories;

    /// <summary>True when a file is so large that only systems with the feature large_file may write here.</summary>
    internal bool HasLargeFile { get; private set; }

    /// <summary>Takes the next number.</summary>
    internal uint Take() => ++Count;

    /// <summary>Describes an inode.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="node">Type, mode, owner and time.</param>
    /// <param name="names">How many names it has.</param>
    /// <param name="length">Bytes of its contents.</param>
    /// <returns>Where its pointers to its contents go, or what stands in their place.</returns>
    internal Span<byte> Set(uint number, UnpackedNode node, int names, long length)
    {
        Span<byte> inode = At(number);
        ImageEntry entry = node.Entry;
        Write16(inode, 0, (uint)(CpioFormat.TypeBits(entry.Kind) | entry.Mode));
        Write16(inode, 2, entry.Uid);
        Write32(inode, 4, (uint)length);

        // To the kernel these are signed, and later times would be before 1970.
        uint time = Math.Min(node.ModifiedAt, int.MaxValue);
        Write32(inode, 8, time);
        Write32(inode, 12, time);
        Write32(inode, 16, time);
        Write16(inode, 24, entry.Gid);
        Write16(inode, 26, (uint)names);

        // The upper halves of owner and group came later, and lie in what was left to each system (osd2).
        Write16(inode, 120, entry.Uid >> 16);
        Write16(inode, 122, entry.Gid >> 16);
        if (entry.Kind == EntryKind.Directory)
            _directories.Add(number);
        else if (length > int.MaxValue)
            HasLargeFile = true;
        return inode.Slice(Ext2.PointersOffset, Ext2.PointersLength);
    }

    /// <summary>Says how many blocks an inode takes; the format counts in sectors of 512 bytes.</summary>
    internal void SetBlocks(uint number, long blocks) => Write32(At(number), 28, (uint)(blocks * (Ext2.BlockLength / 512)));

    private Span<byte> At(uint number)
    {
        int block = (int)((number - 1) / Ext2.InodesPerBlock), index = (int)((number - 1) % Ext2.InodesPerBlock);
        while (_blocks.Count <= block)
            _blocks.Add(new byte[Ext2.BlockLength]);
        return _blocks[block].AsSpan(index * Ext2.InodeLength, Ext2.InodeLength);
    }

    private static void Write16(Span<byte> inode, int offset, uint value) => BinaryPrimitives.WriteUInt16LittleEndian(inode[offset..], (ushort)value);

    private static void Write32(Span<byte> inode, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(inode[offset..], value);
}
