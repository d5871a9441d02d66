namespace Megatux.Imaging;

/// <summary>A node of an image with its inode's number.</summary>
/// <param name="Number">The inode's number.</param>
/// <param name="Node">The node.</param>
internal sealed record TreeNode(uint Number, UnpackedNode Node)
{
    /// <summary>Of a directory, the one that it lies in; the root lies in itself.</summary>
    internal TreeNode Parent { get; set; } = null!;

    /// <summary>Of a directory, what it holds.</summary>
    internal List<(string Name, TreeNode Node)> Children { get; } = [];
}

/// <summary>What an image unpacked to as a tree, with numbers for its inodes.</summary>
internal static class NodeTree
{
    private const int OwnersOnly = 0x1C0; // 0700.

    /// <summary>All nodes, in the order of their inodes' numbers.</summary>
    internal static IReadOnlyList<TreeNode> Of(UnpackedImage image, InodeTable inodes)
    {
        var root = new TreeNode(Ext2.RootInode, image.Root);
        root.Parent = root;
        var all = new List<TreeNode> { root };
        if (!image.Nodes.ContainsKey(Ext2.LostAndFound))
            all.Add(AddLostAndFound(root, inodes));

        var byNode = new Dictionary<UnpackedNode, TreeNode> { [image.Root] = root };
        foreach (UnpackedNode node in image.Nodes.Values.Distinct().OrderBy(node => node.Number))
        {
            byNode.Add(node, new TreeNode(inodes.Take(), node));
            all.Add(byNode[node]);
        }

        foreach ((string path, UnpackedNode node) in image.Nodes)
        {
            TreeNode folder = ImagePath.FolderOf(path) is { Length: > 0 } parent ? byNode[image.Nodes[parent]] : root;
            byNode[node].Parent = folder;
            folder.Children.Add((ImagePath.NameOf(path), byNode[node]));
        }

        foreach (TreeNode node in all)
            node.Children.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return all;
    }

    private static TreeNode AddLostAndFound(TreeNode root, InodeTable inodes)
    {
        var entry = new ImageEntry { Path = Ext2.LostAndFound, Kind = EntryKind.Directory, Mode = OwnersOnly };
        var added = new TreeNode(inodes.Take(), new UnpackedNode(-1, entry, 0, root.Node.ModifiedAt)) { Parent = root };
        root.Children.Add((Ext2.LostAndFound, added));
        return added;
    }
}
