using System.Buffers.Binary;

namespace Megatux.Imaging;

/// <summary>Makes the blocks of pointers by which an inode finds its contents (ext2_block_to_path).</summary>
internal sealed class BlockMap(BlockSpace space, BlockWriter writer)
{
    private readonly byte[][] _levels = [.. Enumerable.Range(0, Ext2.MostLevels).Select(_ => new byte[Ext2.BlockLength])];
    private IEnumerator<uint> _numbers = Enumerable.Empty<uint>().GetEnumerator();
    private bool _more;
    private long _used;

    /// <summary>Sets an inode's pointers.</summary>
    /// <param name="contents">Where the contents lie: at most as many blocks as pointers can reach, 4 TiB.</param>
    /// <param name="pointers">Where the pointers go; zeros so far.</param>
    /// <returns>How many blocks the inode takes: its contents and the pointers to them.</returns>
    internal long Make(BlockList contents, Span<byte> pointers)
    {
        _used = 0;
        using (_numbers = contents.Numbers().GetEnumerator())
        {
            _more = _numbers.MoveNext();
            for (int at = 0; at < pointers.Length && _more; at += Ext2.PointerLength)
                BinaryPrimitives.WriteUInt32LittleEndian(pointers[at..], Next(Math.Max(0, (at / Ext2.PointerLength) - Ext2.DirectPointers + 1)));
        }

        return contents.Used + _used;
    }

    /// <summary>The next pointer of a level: to contents for 0, or else to a block of pointers of the level below.</summary>
    private uint Next(int level)
    {
        if (level == 0)
        {
            uint number = _numbers.Current;
            _more = _numbers.MoveNext();
            return number;
        }

        byte[] block = _levels[level - 1];
        Array.Clear(block);
        uint any = 0;
        for (int at = 0; at < block.Length && _more; at += Ext2.PointerLength)
        {
            uint pointer = Next(level - 1);
            any |= pointer;
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(at), pointer);
        }

        // Pointers to nothing but holes are a hole.
        if (any == 0)
            return 0;
        BlockRun run = space.Take(1);
        writer.Write(run.Start, block);
        _used++;
        return run.Start;
    }
}
