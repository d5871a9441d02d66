using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>Lines that nodes write alike within a second are shown once, with the nodes before them.</summary>
internal sealed class FoldedDisplay(ByteOutput output, ByteOutput error) : IJobDisplay
{
    private const long MostHeld = 1 << 20;

    private readonly LineSplitter _splitter = new();
    private readonly LineWindow _window = new();

    /// <inheritdoc/>
    public void Take(JobRecord record)
    {
        _splitter.Take(record).ForEach(_window.Add);
        if (_window.Bytes > MostHeld)
            Tick();
    }

    /// <inheritdoc/>
    public void Tick()
    {
        foreach (NodeLine line in _window.Take())
            (line.IsError ? error : output).Line($"{line.Nodes}: ", line.Text.Bytes.Span);
        output.Flush();
        error.Flush();
    }

    /// <inheritdoc/>
    public void End()
    {
        _splitter.End().ForEach(_window.Add);
        Tick();
    }
}
