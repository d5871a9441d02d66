namespace Megatux.Imaging;

/// <summary>
/// Writes a file system in one go through an image: contents go to where they stay as they are read, and once all names are
/// known, directories, inodes and all else around them.
/// </summary>
internal sealed class Ext2Writer
{
    private readonly long _freeBlocks;
    private readonly BlockSpace _space;
    private readonly BlockWriter _writer;
    private readonly ContentBlocks _blocks;

    /// <summary>Where the contents of each file lie that has some, by its node's number.</summary>
    private readonly Dictionary<int, BlockList> _contents = [];

    internal Ext2Writer(Stream output, long freeBlocks)
    {
        _freeBlocks = freeBlocks;
        _space = new BlockSpace(freeBlocks);
        _writer = new BlockWriter(output);
        _blocks = new ContentBlocks(_space, _writer);
    }

    internal void Write(ImageReader reader, CancellationToken cancellation)
    {
        var image = new UnpackedImage(reader);
        while (image.Next(out _, out Placement? placement))
        {
            cancellation.ThrowIfCancellationRequested();
            if (placement.Removed is { Names: 0 } removed)
                Forget(removed);
            if (!placement.TakesContent)
                continue;
            Forget(placement.Node!);
            _contents[placement.Node!.Number] = _blocks.Copy(reader);
        }

        var inodes = new InodeTable();
        var writer = new InodeWriter(inodes, _blocks, new BlockMap(_space, _writer));
        foreach (TreeNode node in NodeTree.Of(image, inodes))
            writer.Write(node, _contents.GetValueOrDefault(node.Node.Number));
        var layout = Ext2Layout.Of(_space, _freeBlocks, inodes.Count);
        new Ext2Metadata(layout, _space, inodes, _writer).Write();
    }

    private void Forget(UnpackedNode node)
    {
        if (_contents.Remove(node.Number, out BlockList? old))
            _space.GiveBack(old);
    }
}
