namespace Megatux.Tree;

/// <summary>What a message asks for, or answers: the numbers and names of BProc. Ours follow from 64 on.</summary>
public enum MessageType : ushort
{
    /// <summary>Start processes.</summary>
    Run = 1,

    /// <summary>The processes of a <see cref="Run"/> have ended.</summary>
    RunComplete = 2,

    /// <summary>Start a program that is there already.</summary>
    Exec = 3,

    /// <summary>Pass a signal on to a process.</summary>
    FwdSig = 4,

    /// <summary>Say how a process is.</summary>
    GetStatus = 5,

    /// <summary>Which version the sender speaks: the first message on a link.</summary>
    Version = 6,

    /// <summary>What the receiver is to know of the nodes.</summary>
    NodeConf = 7,

    /// <summary>Say that you are there.</summary>
    NodePing = 8,

    /// <summary>A node has gone down.</summary>
    NodeDown = 9,

    /// <summary>Nothing more comes from a node.</summary>
    NodeEof = 10,

    /// <summary>Leave this link for another one.</summary>
    NodeReconnect = 11,

    /// <summary>Change into another root.</summary>
    NodeChroot = 12,

    /// <summary>Start the node again.</summary>
    NodeReboot = 13,

    /// <summary>Halt the node.</summary>
    NodeHalt = 14,

    /// <summary>Switch the node off.</summary>
    NodePwroff = 15,
}
