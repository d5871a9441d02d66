using System.Buffers;
using System.Buffers.Binary;

namespace Megatux.Imaging;

/// <summary>The contents of a directory: a list of names (struct ext2_dir_entry_2), none of which goes on in another block.</summary>
internal sealed class DirectoryBlocks
{
    private const int HeaderLength = 8;
    private const int Alignment = 4;

    private readonly ArrayBufferWriter<byte> _blocks = new(Ext2.BlockLength);
    private readonly byte[] _block = new byte[Ext2.BlockLength];
    private int _last;
    private int _end;

    /// <summary>Adds a name.</summary>
    /// <param name="name">The name's bytes, 1 to 255.</param>
    /// <param name="inode">What it is a name of.</param>
    /// <param name="kind">The inode's type.</param>
    internal void Add(ReadOnlySpan<byte> name, uint inode, EntryKind kind)
    {
        int length = (HeaderLength + name.Length + Alignment - 1) & -Alignment;
        if (_end + length > Ext2.BlockLength)
            FinishBlock();
        Span<byte> entry = _block.AsSpan(_end, length);
        BinaryPrimitives.WriteUInt32LittleEndian(entry, inode);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[4..], (ushort)length);
        entry[6] = (byte)name.Length;
        entry[7] = TypeOf(kind);
        name.CopyTo(entry[HeaderLength..]);
        _last = _end;
        _end += length;
    }

    /// <summary>The whole blocks.</summary>
    internal ReadOnlySpan<byte> Finish()
    {
        FinishBlock();
        return _blocks.WrittenSpan;
    }

    /// <summary>The last name of a block takes what is left of it.</summary>
    private void FinishBlock()
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_block.AsSpan(_last + 4), (ushort)(Ext2.BlockLength - _last));
        _blocks.Write(_block);
        Array.Clear(_block);
        _end = 0;
    }

    /// <summary>With the feature filetype (include/linux/fs_types.h, FT_*).</summary>
    private static byte TypeOf(EntryKind kind) => kind switch
    {
        EntryKind.File => 1,
        EntryKind.Directory => 2,
        EntryKind.CharacterDevice => 3,
        EntryKind.BlockDevice => 4,
        EntryKind.Fifo => 5,
        EntryKind.Socket => 6,
        EntryKind.SymbolicLink => 7,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
