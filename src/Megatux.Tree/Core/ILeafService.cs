namespace Megatux.Tree;

/// <summary>What works on a node beside its jobs, on the same thread, and speaks to the daemon of the node's host.</summary>
public interface ILeafService
{
    /// <summary>When <see cref="Tick"/> has something to do next.</summary>
    TimeSpan NextTime { get; }

    /// <summary>Does what the time has come for.</summary>
    void Tick(TimeSpan now);

    /// <summary>Takes a message from the daemon, which may be about something else.</summary>
    void Receive(TreeMessage message);
}
