namespace Megatux.Tree;

/// <summary>The numbers of nodes that mean something else than the node of that rank, as BProc has them.</summary>
public static class NodeNumber
{
    /// <summary>The front-end.</summary>
    public const int Master = -1;

    /// <summary>Whoever looks at the number.</summary>
    public const int Self = -2;

    /// <summary>No node.</summary>
    public const int None = -3;

    /// <summary>Any node.</summary>
    public const int Any = -4;
}
