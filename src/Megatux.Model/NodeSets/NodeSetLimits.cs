namespace Megatux.Model;

/// <summary>What bounds the cost of a node set, whatever a person writes.</summary>
internal static class NodeSetLimits
{
    /// <summary>Separate ranges of one axis, products of one name pattern, and steps of work on interleaved steps.</summary>
    public const int Pieces = 1 << 20;

    /// <summary>Numbers in one node name; recursion goes as deep.</summary>
    public const int Axes = 32;

    /// <summary>
    /// A stepped run is folded into its single members (as ClusterShell does) up to this many of them; a longer one is
    /// printed with its step, for the text must not be linear in the nodes.
    /// </summary>
    public const int ListedMembers = 1 << 16;

    public static MegatuxException TooManyPieces() => new(ErrorCodes.NodeSetTooManyPieces,
        $"the node set falls into more than {Pieces} separate ranges, which are not kept; use fewer or simpler steps.");

    public static MegatuxException TooLarge() => new(ErrorCodes.NodeSetTooLarge,
        $"the node set has more than {long.MaxValue} nodes, too many to count or rank; use a smaller set.");
}
