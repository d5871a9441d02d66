using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>Output that nobody wants to see.</summary>
internal sealed class NoDisplay : IJobDisplay
{
    /// <inheritdoc/>
    public void Take(JobRecord record)
    {
    }

    /// <inheritdoc/>
    public void Tick()
    {
    }

    /// <inheritdoc/>
    public void End()
    {
    }
}
