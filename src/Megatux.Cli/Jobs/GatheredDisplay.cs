using System.Globalization;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>Whole outputs in the end, those that are the same once, below a header as clubak and dshbak write it. Errors come as they are.</summary>
internal sealed class GatheredDisplay(ByteOutput output, ByteOutput error) : IJobDisplay
{
    private const string Rule = "---------------";

    private readonly LineSplitter _splitter = new();
    private readonly LineWindow _errors = new();
    private readonly LineGather _outputs = new();

    /// <inheritdoc/>
    public void Take(JobRecord record) => Add(_splitter.Take(record));

    /// <inheritdoc/>
    public void Tick()
    {
        foreach (NodeLine line in _errors.Take())
            error.Line($"{line.Nodes}: ", line.Text.Bytes.Span);
        error.Flush();
    }

    /// <inheritdoc/>
    public void End()
    {
        Add(_splitter.End());
        Tick();
        foreach ((NodeSet nodes, List<LineText> lines) in _outputs.Groups())
        {
            output.Line(Rule);
            output.Line(nodes.Count == 1 ? nodes.ToString() : string.Create(CultureInfo.InvariantCulture, $"{nodes} ({nodes.Count})"));
            output.Line(Rule);
            lines.ForEach(line => output.Line("", line.Bytes.Span));
        }

        output.Flush();
    }

    private void Add(List<NodeLine> lines)
    {
        foreach (NodeLine line in lines)
        {
            if (line.IsError)
                _errors.Add(line);
            else
                _outputs.Add(line.Nodes, line.Text);
        }
    }
}
