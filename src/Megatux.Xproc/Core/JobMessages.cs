using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>Down: start a job. One that a node has already is not started again.</summary>
/// <param name="Job">The job's number, drawn at random by whoever started it.</param>
/// <param name="Age">How long ago it was started; nodes that came up since take no part.</param>
/// <param name="Target">The nodes below that are to.</param>
/// <param name="Spec">What they start.</param>
public sealed record RunMessage(ulong Job, TimeSpan Age, NodeSet Target, JobSpec Spec) : TreeMessage
{
    /// <summary>
    /// To a daemon: how long before it joined the job was started; zero if after. From that it knows when it was started, however
    /// long this is on its way.
    /// </summary>
    public TimeSpan BeforeLink { get; init; }

    /// <summary>To a node whose program has travelled: where it is there, a folder or a device with a file system. Else empty.</summary>
    public string Place { get; init; } = "";

    /// <summary>To a node whose program should have travelled: why it could not. Else empty.</summary>
    public string Problem { get; init; } = "";
}

/// <summary>Up: what nodes say of a job, each of them in the order of its numbers.</summary>
public sealed record RecordsMessage(ulong Job, IReadOnlyList<JobRecord> Records) : TreeMessage;

/// <summary>Down: records of these nodes up to this one have arrived, and are not needed again.</summary>
public sealed record AckMessage(ulong Job, NodeSet Nodes, uint Sequence) : TreeMessage;

/// <summary>Down: a signal for the job's processes on these nodes.</summary>
public sealed record SignalMessage(ulong Job, NodeSet Nodes, int Signal) : TreeMessage;

/// <summary>Down: a piece of the input of the job's processes.</summary>
/// <param name="Job">The job's number.</param>
/// <param name="Nodes">Whose.</param>
/// <param name="Offset">How many bytes came before it. A node passes on what it has not had yet.</param>
/// <param name="Bytes">The piece.</param>
/// <param name="IsLast">True when none follows.</param>
public sealed record InputMessage(ulong Job, NodeSet Nodes, long Offset, ReadOnlyMemory<byte> Bytes, bool IsLast) : TreeMessage;

/// <summary>Down: the way up is another now: say again what was not acknowledged.</summary>
public sealed record ResendMessage : TreeMessage
{
    /// <summary>The only one there is.</summary>
    public static ResendMessage Instance { get; } = new();
}

/// <summary>Down: the job is over, and nobody asks these nodes for it any more. What still runs of it is left alone.</summary>
public sealed record ForgetMessage(ulong Job, NodeSet Nodes) : TreeMessage;
