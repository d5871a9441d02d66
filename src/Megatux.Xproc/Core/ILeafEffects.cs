using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>What a node does for jobs.</summary>
public interface ILeafEffects
{
    /// <summary>Sends a message to the daemon of the node's host.</summary>
    void Send(TreeMessage message);

    /// <summary>Starts a job's process. What becomes of it is told to the <see cref="JobLeaf"/>, later.</summary>
    /// <param name="job">The job.</param>
    /// <param name="spec">What to start.</param>
    /// <param name="place">Where a program that has travelled is: a folder, or a device with a file system. Else empty.</param>
    void Start(ulong job, JobSpec spec, string place);

    /// <summary>Sends a signal to a job's processes.</summary>
    void Signal(ulong job, int signal);

    /// <summary>Gives a job's process input. How much it takes is told to the <see cref="JobLeaf"/>.</summary>
    void Input(ulong job, ReadOnlyMemory<byte> bytes, bool isLast);

    /// <summary>Reads no more of what a job's process writes, or goes on reading.</summary>
    void Hold(ulong job, bool hold);
}
