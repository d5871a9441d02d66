namespace Megatux.Tree;

/// <summary>What the number of a message's sender or receiver stands for, as BProc has it.</summary>
public enum RouteType : byte
{
    /// <summary>A process.</summary>
    Real = 1,

    /// <summary>A node.</summary>
    Node = 2,

    /// <summary>What stands for a process on another machine.</summary>
    Ghost = 3,
}
