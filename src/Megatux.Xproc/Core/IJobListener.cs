using Megatux.Model;

namespace Megatux.Xproc;

/// <summary>Is told what becomes of jobs, at the root.</summary>
public interface IJobListener
{
    /// <summary>Records that are news, each of them kept before this returns: the nodes are told that they need not say it again.</summary>
    void Arrived(ulong job, IReadOnlyList<JobRecord> records);

    /// <summary>Nodes say how much of a job's input has come to them: the rest is to be said to them again.</summary>
    void InputLost(ulong job, NodeSet nodes, long offset);

    /// <summary>Nodes say how much of a job's input their processes have taken; the end of the input counts as one byte.</summary>
    void InputTaken(ulong job, NodeSet nodes, long bytes);

    /// <summary>Nothing more will come of a job.</summary>
    void Completed(ulong job);
}
