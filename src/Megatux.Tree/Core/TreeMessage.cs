using Megatux.Model;

namespace Megatux.Tree;

/// <summary>What daemons of the tree say to each other. Those below are of the tree's own; services over it add theirs.</summary>
public abstract record TreeMessage;

/// <summary>To a daemon that may become the parent: let me join.</summary>
/// <param name="Rank">Who asks: the rank of its host.</param>
/// <param name="Attempt">Comes back in the answer, so that an answer to an earlier attempt is known as such.</param>
/// <param name="HasChildren">Whether it brings children of its own.</param>
/// <param name="Avoid">A daemon that it was sent to and could not join; <see cref="TreeDaemon.NoRank"/> if there is none.</param>
/// <param name="Members">The nodes of its branch.</param>
public sealed record JoinMessage(long Rank, uint Attempt, bool HasChildren, long Avoid, NodeStates Members) : TreeMessage;

/// <summary>To a child: you have joined.</summary>
/// <param name="Attempt">That of the <see cref="JoinMessage"/>.</param>
/// <param name="Expected">How many daemons are expected below the child.</param>
public sealed record AcceptMessage(uint Attempt, long Expected) : TreeMessage;

/// <summary>To one that asked to join: ask that daemon.</summary>
/// <param name="Attempt">That of the <see cref="JoinMessage"/>.</param>
/// <param name="Rank">Whom to ask; its address is computed.</param>
public sealed record RedirectMessage(uint Attempt, long Rank) : TreeMessage;

/// <summary>To one that asked to join: not here and not now; start again at the root.</summary>
/// <param name="Attempt">That of the <see cref="JoinMessage"/>.</param>
public sealed record RefuseMessage(uint Attempt) : TreeMessage;

/// <summary>Both ways, where nothing else was sent for a while: still here.</summary>
public sealed record BeatMessage : TreeMessage
{
    /// <summary>The only one there is.</summary>
    public static BeatMessage Instance { get; } = new();
}

/// <summary>To the parent: the nodes of this branch are these now.</summary>
/// <param name="Members">All of them.</param>
public sealed record MembersMessage(NodeStates Members) : TreeMessage;
