using System.Buffers.Binary;
using System.Globalization;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>Writes each inode with what belongs to it.</summary>
internal sealed class InodeWriter(InodeTable inodes, ContentBlocks blocks, BlockMap map)
{
    private readonly byte[] _target = new byte[Ext2.BlockLength];

    /// <summary>Writes an inode.</summary>
    /// <param name="node">The node.</param>
    /// <param name="contents">Where a file's contents lie; null for none.</param>
    /// <exception cref="MegatuxException">No inode can say what the image says of the node.</exception>
    internal void Write(TreeNode node, BlockList? contents)
    {
        UnpackedNode described = node.Node;
        switch (described.Kind)
        {
            case EntryKind.File:
                Write(node, Names(described), described.Length, contents ?? new BlockList());
                break;
            case EntryKind.Directory:
                WriteDirectory(node);
                break;
            case EntryKind.SymbolicLink:
                WriteLink(node);
                break;
            default:
                WriteDevice(inodes.Set(node.Number, described, Names(described), 0), described.Entry);
                break;
        }
    }

    private void Write(TreeNode node, int names, long length, BlockList contents)
    {
        Span<byte> pointers = inodes.Set(node.Number, node.Node, names, length);
        inodes.SetBlocks(node.Number, map.Make(contents, pointers));
    }

    private void WriteDirectory(TreeNode node)
    {
        var names = new DirectoryBlocks();
        names.Add("."u8, node.Number, EntryKind.Directory);
        names.Add(".."u8, node.Parent.Number, EntryKind.Directory);
        int folders = 0;
        foreach ((string name, TreeNode child) in node.Children)
        {
            names.Add(PathText.Encode(name), child.Number, child.Node.Kind);
            folders += child.Node.Kind == EntryKind.Directory ? 1 : 0;
        }

        // Its own name, and what is "." in it and ".." in each that lies in it.
        int links = CheckNames(node.Node, 2 + folders);
        ReadOnlySpan<byte> contents = names.Finish();
        Write(node, links, contents.Length, blocks.Write(contents));
    }

    private void WriteLink(TreeNode node)
    {
        byte[] target = PathText.Encode(node.Node.Entry.LinkTarget!);
        if (target.Length <= Ext2.LongestFastLink)
        {
            target.CopyTo(inodes.Set(node.Number, node.Node, Names(node.Node), target.Length));
            return;
        }

        Array.Clear(_target);
        target.CopyTo(_target, 0);
        Write(node, Names(node.Node), target.Length, blocks.Write(_target));
    }

    /// <summary>Numbers of 8 bits each stand first, as of old, and larger ones second (__ext2_write_inode). Pipes and sockets have none.</summary>
    private static void WriteDevice(Span<byte> pointers, ImageEntry entry)
    {
        (uint major, uint minor) = (entry.DeviceMajor, entry.DeviceMinor);
        if (major > Ext2.MostMajor || minor > Ext2.MostMinor)
            throw CannotHold(entry, string.Create(CultureInfo.InvariantCulture, $"is the device {major},{minor}, and there is none beyond {Ext2.MostMajor},{Ext2.MostMinor}"));
        bool isOld = major <= byte.MaxValue && minor <= byte.MaxValue;
        uint number = isOld ? (major << 8) | minor : (minor & 0xFF) | (major << 8) | ((minor & ~0xFFu) << 12);
        BinaryPrimitives.WriteUInt32LittleEndian(isOld ? pointers : pointers[Ext2.PointerLength..], number);
    }

    private static int Names(UnpackedNode node) => CheckNames(node, node.Names);

    private static int CheckNames(UnpackedNode node, int names) => names <= Ext2.MostNames ? names
        : throw CannotHold(node.Entry, string.Create(CultureInfo.InvariantCulture, $"has {names} names (hard links, or folders in it), and at most {Ext2.MostNames} are possible"));

    private static MegatuxException CannotHold(ImageEntry entry, string reason) => new(ErrorCodes.FileSystemCannotHold,
        $"{entry.Origin}: {PathText.Show(entry.Path)} {reason} in a file system for guests: change it, or leave it out of the image.");
}
