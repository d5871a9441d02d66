using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Pushmon;

/// <summary>Up, from a node to its host: what it says of itself.</summary>
/// <param name="Sequence">The how manieth moment of the node's it is, from 0. Moments at which it could say nothing have their numbers, too.</param>
/// <param name="Schema">What the parts of the data are called, an S-expression; empty where it is what it was.</param>
/// <param name="Data">An S-expression.</param>
public sealed record SampleMessage(uint Sequence, ReadOnlyMemory<byte> Schema, ReadOnlyMemory<byte> Data) : TreeMessage;

/// <summary>Down, to a node: say the schema again.</summary>
public sealed record SchemaWantedMessage : TreeMessage
{
    /// <summary>The only one there is.</summary>
    public static SchemaWantedMessage Instance { get; } = new();
}

/// <summary>Up: how all is that is at and below a host.</summary>
public sealed record PushMessage : TreeMessage
{
    /// <summary>The how manieth push of the host over this link it is, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>The rank of the host.</summary>
    public required long Rank { get; init; }

    /// <summary>The version of the <see cref="ConfigurationMessage"/> that it goes by; 0 for none.</summary>
    public required long Configuration { get; init; }

    /// <summary>The hosts whose nodes are in it; it may say more, and never less.</summary>
    public required RankSet Coverage { get; init; }

    /// <summary>How many nodes are in it.</summary>
    public required long Contributors { get; init; }

    /// <summary>How long ago the oldest and the newest of the samples came to their hosts.</summary>
    public required (TimeSpan Oldest, TimeSpan Newest) Ages { get; init; }

    /// <summary>Samples that were dropped, all in all, at and below the host since it began to push over this link.</summary>
    public required long Dropped { get; init; }

    /// <summary>What the reductions came to.</summary>
    public required IReadOnlyList<ReducedPart> Parts { get; init; }

    /// <summary>Samples as they are, of nodes that somebody watches.</summary>
    public required IReadOnlyList<WatchedSample> Raw { get; init; }
}

/// <summary>What a reduction came to.</summary>
/// <param name="Name">The reduction.</param>
/// <param name="Result">An S-expression.</param>
/// <param name="Problems">How many times something was wrong with it.</param>
/// <param name="Problem">The first of that; empty if there is none.</param>
public sealed record ReducedPart(string Name, ReadOnlyMemory<byte> Result, long Problems, string Problem);

/// <summary>A node's sample as it is.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Number">The node's number: guests count from 0, host after host, and hosts behind them.</param>
/// <param name="Age">How long ago it came to its host.</param>
/// <param name="Sequence">The how manieth of the node it is.</param>
/// <param name="Dropped">How many of the node were dropped until then.</param>
/// <param name="Schema">An S-expression.</param>
/// <param name="Data">An S-expression.</param>
public sealed record WatchedSample(string Node, long Number, TimeSpan Age, uint Sequence, long Dropped, ReadOnlyMemory<byte> Schema, ReadOnlyMemory<byte> Data);

/// <summary>Down: a push has come.</summary>
/// <param name="Sequence">Which one.</param>
public sealed record PushedMessage(long Sequence) : TreeMessage;

/// <summary>Down: what is to be pushed from now on.</summary>
/// <param name="Version">A later one takes the place of an earlier one.</param>
/// <param name="Raw">Nodes whose samples are wanted as they are.</param>
/// <param name="Reductions">Programs by their names.</param>
public sealed record ConfigurationMessage(long Version, NodeSet Raw, IReadOnlyList<(string Name, string Text)> Reductions) : TreeMessage;
