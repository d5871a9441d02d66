using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>What one node writes, byte by byte.</summary>
internal sealed class RawDisplay(ByteOutput output, ByteOutput error) : IJobDisplay
{
    /// <inheritdoc/>
    public void Take(JobRecord record)
    {
        if (record.IsLast)
            return;
        ByteOutput to = record.Kind == RecordKind.Error ? error : output;
        to.Write(record.Bytes.Span);
        to.Flush();
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
