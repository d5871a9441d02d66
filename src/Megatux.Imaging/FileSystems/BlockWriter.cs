namespace Megatux.Imaging;

/// <summary>Writes blocks where they belong; those that nobody writes take no room.</summary>
internal sealed class BlockWriter(Stream output)
{
    private long _position = output.Position;

    /// <summary>Writes whole blocks one behind the other.</summary>
    internal void Write(long block, ReadOnlySpan<byte> bytes)
    {
        long position = block * Ext2.BlockLength;
        if (position != _position)
            output.Position = position;
        output.Write(bytes);
        _position = position + bytes.Length;
    }

    /// <summary>Makes the file as long as the file system is.</summary>
    internal void SetLength(long blocks) => output.SetLength(blocks * Ext2.BlockLength);
}
