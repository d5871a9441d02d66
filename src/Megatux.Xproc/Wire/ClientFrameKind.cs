namespace Megatux.Xproc;

/// <summary>What clients and the root say to each other over the socket of the experiment.</summary>
internal enum ClientFrameKind : byte
{
    /// <summary>Start a job: its number, the nodes, what they start.</summary>
    Run = 1,

    /// <summary>Follow a job: its number, and from which position on; -1 for from now on.</summary>
    Attach = 2,

    /// <summary>Which jobs are there?</summary>
    List = 3,

    /// <summary>A signal for a job's processes: the job, the nodes (none for all), the signal.</summary>
    Signal = 4,

    /// <summary>A piece of a job's input: the job, how many bytes came before it, whether none follows, the bytes.</summary>
    Input = 5,

    /// <summary>Give up nodes that have not ended a job: the job, the nodes (none for all).</summary>
    Lose = 6,

    /// <summary>How are the nodes?</summary>
    Nodes = 7,

    /// <summary>Which of these bytes are not there? Digests.</summary>
    Lacks = 8,

    /// <summary>A piece of bytes that were not there: their digest, how many they are, how many came before the piece, the piece.</summary>
    Blob = 9,

    /// <summary>Answer: the job that was started or is followed, and the position of what comes.</summary>
    Job = 64,

    /// <summary>Of a job that is followed: the position behind them, and entries as they are kept.</summary>
    Records = 65,

    /// <summary>Of a job that is followed: it is over, with this result.</summary>
    Ended = 66,

    /// <summary>Answer: jobs.</summary>
    Jobs = 67,

    /// <summary>Answer: that was done.</summary>
    Done = 68,

    /// <summary>Answer: nodes by how they are.</summary>
    States = 69,

    /// <summary>Answer: digests.</summary>
    Blobs = 71,

    /// <summary>Answer: no, with an error's code and message.</summary>
    Refused = 70,
}
