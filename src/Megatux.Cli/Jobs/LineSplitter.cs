using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>
/// Makes lines of what nodes wrote, however records cut it. Nodes whose unfinished lines are equal are kept as one, so that
/// what the tree folded stays folded.
/// </summary>
/// <param name="longest">Longer lines are broken, in bytes.</param>
internal sealed class LineSplitter(int longest = LineSplitter.UsualLongest)
{
    /// <summary>The longest line, where nobody says otherwise.</summary>
    internal const int UsualLongest = 64 << 10;

    private const byte LineEnd = (byte)'\n';

    private readonly Dictionary<LineText, NodeSet> _output = [], _error = [];

    /// <summary>Takes a record, and gives the lines that are whole by it: each node's in their order.</summary>
    internal List<NodeLine> Take(JobRecord record)
    {
        var lines = new List<NodeLine>();
        if (record.IsLast)
        {
            Finish(_output, isError: false, record.Nodes, lines);
            Finish(_error, isError: true, record.Nodes, lines);
            return lines;
        }

        bool isError = record.Kind == RecordKind.Error;
        Dictionary<LineText, NodeSet> unfinished = isError ? _error : _output;
        List<(LineText Text, NodeSet Nodes)> parts = Part(unfinished, record.Nodes, out NodeSet others);
        foreach ((LineText start, NodeSet nodes) in parts)
            Split(unfinished, (byte[])[.. start.Bytes.Span, .. record.Bytes.Span], isError, nodes, lines);
        if (!others.IsEmpty)
            Split(unfinished, record.Bytes, isError, others, lines);
        return lines;
    }

    /// <summary>Gives all that is unfinished: nothing more comes.</summary>
    internal List<NodeLine> End()
    {
        var lines = new List<NodeLine>();
        Finish(_output, isError: false, NodeSet.UnionOf(_output.Values), lines);
        Finish(_error, isError: true, NodeSet.UnionOf(_error.Values), lines);
        return lines;
    }

    private static void Finish(Dictionary<LineText, NodeSet> unfinished, bool isError, NodeSet nodes, List<NodeLine> lines)
    {
        foreach ((LineText text, NodeSet part) in Part(unfinished, nodes, out _))
            lines.Add(new NodeLine(part, isError, text));
    }

    /// <summary>Takes nodes out of those with unfinished lines.</summary>
    private static List<(LineText Text, NodeSet Nodes)> Part(Dictionary<LineText, NodeSet> unfinished, NodeSet nodes, out NodeSet others)
    {
        var parts = new List<(LineText, NodeSet)>();
        others = nodes;
        if (unfinished.Count == 0)
            return parts;
        foreach ((LineText text, NodeSet known) in unfinished.ToArray())
        {
            NodeSet part = known.Intersect(others);
            if (part.IsEmpty)
                continue;
            parts.Add((text, part));
            others = others.Except(part);
            if (known.Except(part) is { IsEmpty: false } rest)
                unfinished[text] = rest;
            else
                unfinished.Remove(text);
            if (others.IsEmpty)
                break;
        }

        return parts;
    }

    private void Split(Dictionary<LineText, NodeSet> unfinished, ReadOnlyMemory<byte> bytes, bool isError, NodeSet nodes, List<NodeLine> lines)
    {
        while (true)
        {
            int end = bytes.Span.IndexOf(LineEnd), length = end >= 0 ? end : bytes.Length;
            if (length > longest)
            {
                lines.Add(new NodeLine(nodes, isError, new LineText(bytes[..longest])));
                bytes = bytes[longest..];
            }
            else if (end >= 0)
            {
                lines.Add(new NodeLine(nodes, isError, new LineText(bytes[..end])));
                bytes = bytes[(end + 1)..];
            }
            else
            {
                break;
            }
        }

        if (bytes.IsEmpty)
            return;
        var rest = new LineText(bytes);
        unfinished[rest] = unfinished.TryGetValue(rest, out NodeSet? others) ? others.Union(nodes) : nodes;
    }
}
