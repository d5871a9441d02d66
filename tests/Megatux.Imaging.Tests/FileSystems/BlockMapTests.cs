using System.Buffers.Binary;

namespace Megatux.Imaging.Tests;

public sealed class BlockMapTests
{
    [Fact]
    public void Three_levels_of_pointers_lead_to_a_files_last_block()
    {
        const uint Last = 12 + 1024 + (1024 * 1024) + 5_000_000;
        var space = new BlockSpace(0);
        var image = new MemoryStream();
        BlockRun data = space.Take(1);
        var contents = new BlockList();
        contents.Add(new BlockRun(0, Last));
        contents.Add(data);
        byte[] pointers = new byte[Ext2.PointersLength];

        Assert.Equal(4, new BlockMap(space, new BlockWriter(image)).Make(contents, pointers));

        Assert.All(Enumerable.Range(0, 14), at => Assert.Equal(0u, Pointer(pointers, (uint)at)));
        uint index = Last - 12 - 1024 - (1024 * 1024);
        uint block = Pointer(pointers, 14);
        foreach (uint at in (uint[])[index >> 20, (index >> 10) & 1023, index & 1023])
            block = Pointer(image.GetBuffer().AsSpan((int)block * Ext2.BlockLength), at);
        Assert.Equal(data.Start, block);
    }

    private static uint Pointer(ReadOnlySpan<byte> pointers, uint at) => BinaryPrimitives.ReadUInt32LittleEndian(pointers[((int)at * 4)..]);
}
