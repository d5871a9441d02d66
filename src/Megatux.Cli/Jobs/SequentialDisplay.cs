using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>Whole outputs in the end, one node after the other.</summary>
/// <param name="output">Where to.</param>
/// <param name="error">Where standard error goes.</param>
/// <param name="labels">Whether the node stands before its lines.</param>
/// <param name="dividers">Whether a line with its name stands before a node's output.</param>
/// <param name="longest">Longer lines are broken, in bytes.</param>
internal sealed class SequentialDisplay(ByteOutput output, ByteOutput error, bool labels, bool dividers, int longest) : IJobDisplay
{
    private const int DividerWidth = 72;

    private readonly LineSplitter _splitter = new(longest);
    private readonly LineGather _outputs = new(), _errors = new();

    /// <inheritdoc/>
    public void Take(JobRecord record) => Add(_splitter.Take(record));

    /// <inheritdoc/>
    public void Tick()
    {
    }

    /// <inheritdoc/>
    public void End()
    {
        Add(_splitter.End());
        Dictionary<string, List<LineText>> outputs = ByNode(_outputs), errors = ByNode(_errors);
        foreach (string node in NodeSet.UnionOf(_outputs.Groups().Concat(_errors.Groups()).Select(group => group.Nodes)).Expand())
        {
            if (dividers)
                output.Line($"{node} ".PadRight(DividerWidth, '-'));
            Show(node, outputs, output);
            Show(node, errors, error);
        }
    }

    private static Dictionary<string, List<LineText>> ByNode(LineGather gather) =>
        gather.Groups().SelectMany(group => group.Nodes.Expand().Select(node => (node, group.Lines))).ToDictionary(one => one.node, one => one.Lines);

    private void Show(string node, Dictionary<string, List<LineText>> lines, ByteOutput to)
    {
        if (lines.TryGetValue(node, out List<LineText>? own))
            own.ForEach(line => to.Line(labels ? $"{node}: " : "", line.Bytes.Span));
        to.Flush();
    }

    private void Add(List<NodeLine> lines) => lines.ForEach(line => (line.IsError ? _errors : _outputs).Add(line.Nodes, line.Text));
}
