using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>Lines are shown at once, each once for every node that wrote it.</summary>
/// <param name="output">Where to.</param>
/// <param name="error">Where standard error goes.</param>
/// <param name="labels">Whether the node stands before its lines.</param>
/// <param name="longest">Longer lines are broken, in bytes.</param>
internal sealed class LineDisplay(ByteOutput output, ByteOutput error, bool labels, int longest = LineSplitter.UsualLongest) : IJobDisplay
{
    private readonly LineSplitter _splitter = new(longest);

    /// <inheritdoc/>
    public void Take(JobRecord record) => Show(_splitter.Take(record));

    /// <inheritdoc/>
    public void Tick()
    {
    }

    /// <inheritdoc/>
    public void End() => Show(_splitter.End());

    private void Show(List<NodeLine> lines)
    {
        foreach (NodeLine line in lines)
            foreach (string node in line.Nodes.Expand())
                (line.IsError ? error : output).Line(labels ? $"{node}: " : "", line.Text.Bytes.Span);
        output.Flush();
        error.Flush();
    }
}
