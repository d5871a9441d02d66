using Megatux.Model;

namespace Megatux.Xproc;

/// <summary>
/// Records of a job on their way up, equal ones of different nodes as one. Holds each node's records in their order.
/// </summary>
internal sealed class FoldBuffer
{
    /// <summary>What a record takes, in bytes, but for its own: one that says nothing is not for nothing.</summary>
    internal const int RecordOverhead = 64;

    private readonly SortedDictionary<uint, Dictionary<Content, List<Said>>> _bySequence = [];

    /// <summary>Bytes that are held.</summary>
    internal long Bytes { get; private set; }

    internal bool IsEmpty => _bySequence.Count == 0;

    /// <summary>Takes a record in.</summary>
    /// <param name="record">The record.</param>
    /// <param name="link">The way on which it came.</param>
    internal void Add(JobRecord record, long link)
    {
        if (!_bySequence.TryGetValue(record.Sequence, out Dictionary<Content, List<Said>>? records))
            _bySequence.Add(record.Sequence, records = []);
        var content = new Content(record.Kind, record.Bytes);
        if (!records.TryGetValue(content, out List<Said>? said))
        {
            records.Add(content, said = []);
            Bytes += record.Bytes.Length + RecordOverhead;
        }

        said.Add(new Said(link, record.Nodes));
    }

    /// <summary>Takes all out, in an order that keeps that of each node.</summary>
    internal List<JobRecord> Take()
    {
        var taken = new List<JobRecord>();
        foreach ((uint sequence, Dictionary<Content, List<Said>> records) in _bySequence)
            foreach ((Content content, List<Said> said) in records)
                taken.Add(new JobRecord(NodesOf(said), sequence, content.Kind, content.Bytes));
        _bySequence.Clear();
        Bytes = 0;
        return taken;
    }

    // What came on one way in pieces is joined first: pieces of many branches make a set of far more ranges than branches that are whole.
    private static NodeSet NodesOf(List<Said> said)
    {
        said.Sort(static (one, other) => one.Link.CompareTo(other.Link));
        var nodes = new List<NodeSet>(said.Count);
        for (int first = 0, next; first < said.Count; first = next)
        {
            for (next = first + 1; next < said.Count && said[next].Link == said[first].Link; next++)
            {
            }

            nodes.Add(next == first + 1 ? said[first].Nodes : NodeSet.UnionOf(said[first..next].Select(piece => piece.Nodes)));
        }

        return NodeSet.UnionOf(nodes);
    }

    private readonly record struct Said(long Link, NodeSet Nodes);

    private readonly struct Content(RecordKind kind, ReadOnlyMemory<byte> bytes) : IEquatable<Content>
    {
        private readonly int _hash = HashOf(kind, bytes.Span);

        internal RecordKind Kind { get; } = kind;

        internal ReadOnlyMemory<byte> Bytes { get; } = bytes;

        public bool Equals(Content other) => _hash == other._hash && Kind == other.Kind && Bytes.Span.SequenceEqual(other.Bytes.Span);

        public override bool Equals(object? obj) => obj is Content other && Equals(other);

        public override int GetHashCode() => _hash;

        private static int HashOf(RecordKind kind, ReadOnlySpan<byte> bytes)
        {
            var hash = new HashCode();
            hash.Add(kind);
            hash.AddBytes(bytes);
            return hash.ToHashCode();
        }
    }
}
