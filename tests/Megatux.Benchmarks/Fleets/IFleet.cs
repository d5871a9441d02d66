namespace Megatux.Benchmarks;

/// <summary>Many machines that are brought up at once: an experiment of ours, or a loop in a shell.</summary>
internal interface IFleet
{
    /// <summary>The process from which all others of the fleet come.</summary>
    int Root { get; }

    /// <summary>Brings all of it up.</summary>
    /// <returns>Processor seconds of commands that have ended since, and are no children of <see cref="Root"/>.</returns>
    double BringUp();

    /// <summary>Bytes in memory that no process of the fleet has mapped: its files on a tmpfs.</summary>
    long FilesInMemory();

    /// <summary>Ends all of it.</summary>
    void End();
}
