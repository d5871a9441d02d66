namespace Megatux.Tree;

/// <summary>The tree's times.</summary>
public static class TreeTimes
{
    /// <summary>The longest that a link is silent.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>A parent that was not heard of for so long is gone.</summary>
    public static readonly TimeSpan ParentSilence = TimeSpan.FromSeconds(5);

    /// <summary>What is known of a child that was not heard of for so long is forgotten. Longer: a child judges first.</summary>
    public static readonly TimeSpan ChildSilence = TimeSpan.FromSeconds(15);

    /// <summary>How long one that was asked for admission may take to answer.</summary>
    public static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(5);

    /// <summary>For how long one that never had a parent asks another than the root: that may be down, or come up later.</summary>
    public static readonly TimeSpan FirstLimit = TimeSpan.FromSeconds(5);

    /// <summary>Changes of a branch within so long go up as one.</summary>
    public static readonly TimeSpan MembersPause = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest such pause: of a branch that changes all the time, each is twice as long as the last.</summary>
    public static readonly TimeSpan LongestMembersPause = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest first wait before a daemon turns to the root: those that lost the same parent do not all come at once.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait of one that was turned away again and again.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);
}
