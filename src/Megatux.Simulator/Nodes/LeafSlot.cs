namespace Megatux.Simulator;

/// <summary>A place for a node on a host: the host itself, or a guest.</summary>
internal struct LeafSlot
{
    internal LeafState State;

    /// <summary>The how manieth that came up here, from 1.</summary>
    internal int Incarnation;

    /// <summary>When it came up.</summary>
    internal TimeSpan Since;

    /// <summary>The node's agent; null as long as it has nothing to do.</summary>
    internal VirtualLeaf? Leaf;
}

/// <summary>How a node is.</summary>
internal enum LeafState : byte
{
    Down,
    Boot,
    Up,
    Error,
}
