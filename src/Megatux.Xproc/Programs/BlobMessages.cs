using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>Up: send me these bytes.</summary>
/// <param name="Blob">Which.</param>
/// <param name="From">How many of them are here already.</param>
/// <param name="Until">Where to stop, until this is said again with more; if it is where they would go on, no more of them are wanted.</param>
/// <param name="IsFresh">True to begin anew at <paramref name="From"/>: nothing is on its way.</param>
public sealed record WantMessage(BlobId Blob, long From, long Until, bool IsFresh) : TreeMessage;

/// <summary>Down: some of the bytes that were asked for.</summary>
/// <param name="Blob">Which.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Offset">How many came before these.</param>
/// <param name="Bytes">These.</param>
public sealed record ChunkMessage(BlobId Blob, long Total, long Offset, ReadOnlyMemory<byte> Bytes) : TreeMessage;

/// <summary>Down: the bytes that were asked for cannot be had.</summary>
/// <param name="Blob">Which.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record NoBlobMessage(BlobId Blob, string Reason) : TreeMessage;
