using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>Each record as a line of JSON.</summary>
internal sealed class JsonDisplay(ByteOutput output) : IJobDisplay
{
    /// <inheritdoc/>
    public void Take(JobRecord record)
    {
        output.Write(JobJson.Of(record));
        output.Flush();
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
