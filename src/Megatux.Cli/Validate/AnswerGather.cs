using System.Text;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>
/// Puts together what nodes say of a job, until each has said all. Nodes that have said the same so far are kept as one; of
/// each, no more than is looked at.
/// </summary>
internal sealed class AnswerGather
{
    private readonly Dictionary<Said, NodeSet> _open = [];

    /// <summary>Takes a record.</summary>
    /// <returns>Nodes that have said all with it, and what that was.</returns>
    internal IReadOnlyList<NodeAnswer> Take(JobRecord record)
    {
        if (!record.IsLast)
        {
            Add(record);
            return [];
        }

        string? failure = record.Kind switch
        {
            RecordKind.Refused => $"it could not be started: {Encoding.UTF8.GetString(record.Bytes.Span)}",
            RecordKind.Lost => "the node was lost",
            _ => null,
        };
        var answers = new List<NodeAnswer>();
        NodeSet rest = record.Nodes;
        foreach ((Said said, NodeSet nodes) in TakeOut(record.Nodes))
        {
            answers.Add(AnswerOf(nodes, said));
            rest = rest.Except(nodes);
        }

        if (!rest.IsEmpty)
            answers.Add(AnswerOf(rest, new Said("", "")));
        return answers;

        NodeAnswer AnswerOf(NodeSet nodes, Said said) => new(nodes, Text(said.Output), Text(said.Error), record.ExitCode, failure);
    }

    private void Add(JobRecord record)
    {
        if (record.IsOfInput)
            return;
        string bytes = Encoding.Latin1.GetString(record.Bytes.Span);
        NodeSet rest = record.Nodes;

        // Who says its first word has said nothing before; that need not be looked for among all that others have said.
        if (record.Sequence > 0)
        {
            foreach ((Said said, NodeSet nodes) in TakeOut(record.Nodes))
            {
                Put(said.And(record.Kind, bytes), nodes);
                rest = rest.Except(nodes);
            }
        }

        if (!rest.IsEmpty)
            Put(new Said("", "").And(record.Kind, bytes), rest);
    }

    private List<(Said Said, NodeSet Nodes)> TakeOut(NodeSet wanted)
    {
        var taken = new List<(Said, NodeSet)>();
        foreach ((Said said, NodeSet nodes) in _open.ToArray())
        {
            NodeSet part = nodes.Intersect(wanted);
            if (part.IsEmpty)
                continue;
            taken.Add((said, part));
            if (nodes.Except(part) is { IsEmpty: false } others)
                _open[said] = others;
            else
                _open.Remove(said);
        }

        return taken;
    }

    private void Put(Said said, NodeSet nodes) => _open[said] = _open.TryGetValue(said, out NodeSet? others) ? others.Union(nodes) : nodes;

    // Bytes, a letter each, so that a letter of several may be in two records.
    private static string Text(string bytes) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));

    private readonly record struct Said(string Output, string Error)
    {
        internal Said And(RecordKind kind, string bytes) => kind == RecordKind.Error
            ? this with { Error = Cut(Error + bytes, NodeAnswer.MostError) }
            : this with { Output = Cut(Output + bytes, NodeAnswer.MostOutput + 1) };

        private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
    }
}
