using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Makes of an initramfs the image of a file system that machines mount instead of unpacking it, each into memory of its own:
/// they share it, and what one changes goes into a copy-on-write file of its own.
/// </summary>
public static class FileSystemImage
{
    /// <summary>
    /// Writes a file system (ext2) that holds what the kernel would unpack. The same input gives the same bytes; parts that are
    /// free, or zeros, take no room on the disk.
    /// </summary>
    /// <param name="initrdFiles">Full paths of the files that the initramfs is joined from, in order.</param>
    /// <param name="path">Where the file system goes; what is there is replaced, by all of it or not at all.</param>
    /// <param name="freeBytes">
    /// Bytes that are free in it, rounded up to blocks of 4096; now and then there are a few more. 0 or more, to some 15 TiB.
    /// </param>
    /// <param name="cancellation">Stops; nothing is left.</param>
    /// <exception cref="MegatuxException">
    /// A file is not there, cannot be read or is damaged; the file system would be too large, or cannot hold something
    /// of the image; the disk is full, or the folder cannot be written.
    /// </exception>
    public static void Write(IReadOnlyList<string> initrdFiles, string path, long freeBytes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(initrdFiles);
        ArgumentOutOfRangeException.ThrowIfNegative(freeBytes);
        long freeBlocks = Ext2.BlocksOf(freeBytes);
        if (freeBlocks > Ext2.MostBlocks)
            throw Ext2Layout.TooLarge();
        using ImageReader reader = NodeInitrd.Open(initrdFiles);
        AtomicFile.Write(path, output => new Ext2Writer(output, freeBlocks).Write(reader, cancellation));
    }
}
