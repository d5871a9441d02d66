namespace Megatux.Imaging;

/// <summary>What unpacking a record did.</summary>
internal enum PlacementKind
{
    /// <summary>Nothing: the record was dropped.</summary>
    Dropped,

    /// <summary>Made something new.</summary>
    Made,

    /// <summary>Wrote contents into a file that was there.</summary>
    Rewritten,

    /// <summary>Changed mode and owner of what was there.</summary>
    Kept,

    /// <summary>Gave another name to a node.</summary>
    Linked,
}

/// <summary>What the kernel does with a record.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Path">Where, links on the way followed; "" is the root.</param>
/// <param name="Node">What is there then; null if the record was dropped.</param>
internal sealed record Placement(PlacementKind Kind, string Path, UnpackedNode? Node)
{
    /// <summary>What it does that nobody would expect, and does not say; null if nothing.</summary>
    internal string? Surprise { get; init; }

    /// <summary>What was there and is removed first.</summary>
    internal UnpackedNode? Removed { get; init; }

    /// <summary>For <see cref="PlacementKind.Linked"/>: the name that is there already.</summary>
    internal string? LinkedTo { get; init; }

    /// <summary>True when the record's contents become the node's.</summary>
    internal bool TakesContent { get; init; }
}
