using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>Shows what comes of a job.</summary>
internal interface IJobDisplay
{
    /// <summary>Takes what nodes say.</summary>
    void Take(JobRecord record);

    /// <summary>A second has passed.</summary>
    void Tick();

    /// <summary>Nothing more comes, or nobody waits for it.</summary>
    void End();
}
