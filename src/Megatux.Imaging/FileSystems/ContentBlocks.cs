namespace Megatux.Imaging;

/// <summary>Copies contents into blocks, through one buffer; blocks of zeros take no room.</summary>
internal sealed class ContentBlocks(BlockSpace space, BlockWriter writer)
{
    private readonly byte[] _buffer = new byte[64 * Ext2.BlockLength];

    /// <summary>Copies the contents of the file that the reader is at.</summary>
    internal BlockList Copy(ImageReader reader)
    {
        var blocks = new BlockList();
        while (Fill(reader) is > 0 and int length)
        {
            int whole = (int)Ext2.BlocksOf(length) * Ext2.BlockLength;
            Array.Clear(_buffer, length, whole - length);
            Add(blocks, _buffer.AsSpan(0, whole));
        }

        return blocks;
    }

    /// <summary>Writes blocks that must be there, zeros or not.</summary>
    internal BlockList Write(ReadOnlySpan<byte> bytes)
    {
        var blocks = new BlockList();
        Put(blocks, bytes);
        return blocks;
    }

    private int Fill(ImageReader reader)
    {
        int length = 0;
        while (length < _buffer.Length && reader.ReadContent(_buffer.AsSpan(length)) is > 0 and int read)
            length += read;
        return length;
    }

    private void Add(BlockList blocks, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bool isHole = IsZero(bytes);
            int length = Ext2.BlockLength;
            while (length < bytes.Length && IsZero(bytes[length..]) == isHole)
                length += Ext2.BlockLength;
            if (isHole)
                blocks.Add(new BlockRun(0, (uint)(length / Ext2.BlockLength)));
            else
                Put(blocks, bytes[..length]);
            bytes = bytes[length..];
        }
    }

    private void Put(BlockList blocks, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            BlockRun run = space.Take((uint)(bytes.Length / Ext2.BlockLength));
            int length = (int)run.Count * Ext2.BlockLength;
            writer.Write(run.Start, bytes[..length]);
            blocks.Add(run);
            bytes = bytes[length..];
        }
    }

    private static bool IsZero(ReadOnlySpan<byte> bytes) => !bytes[..Ext2.BlockLength].ContainsAnyExcept((byte)0);
}
