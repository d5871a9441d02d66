namespace Megatux.Tree;

/// <summary>What works over the tree: is told of the neighbours, and of messages that are not the tree's own.</summary>
public interface ITreeService
{
    /// <summary>There is a parent, and it is another than before: what was sent up to the last one may be lost.</summary>
    void ParentFound(long link, TimeSpan now);

    /// <summary>There is no parent any more.</summary>
    void ParentLost(TimeSpan now);

    /// <summary>A child has joined, or the nodes of its branch have changed.</summary>
    void BranchChanged(long link, NodeStates members, TimeSpan now);

    /// <summary>A child is gone, and with it its branch, which may come back by another way.</summary>
    void BranchLost(long link, TimeSpan now);

    /// <summary>The nodes that this daemon knows of are others now: <see cref="TreeDaemon.Members"/>.</summary>
    void MembersChanged(TimeSpan now);

    /// <summary>Takes a message from the parent.</summary>
    void ReceiveFromParent(TreeMessage message, TimeSpan now);

    /// <summary>Takes a message from a child.</summary>
    void ReceiveFromChild(long link, TreeMessage message, TimeSpan now);
}
