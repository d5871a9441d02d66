using Megatux.Model;

namespace Megatux.Xproc;

/// <summary>
/// Records of a job on their way up, equal ones of different nodes as one. Holds each node's records in their order.
/// </summary>
internal sealed class FoldBuffer
{
    /// <summary>What a record takes, in bytes, but for its own: one that says nothing is not for nothing.</summary>
    internal const int RecordOverhead = 64;

    private readonly SortedDictionary<uint, Dictionary<Content, List<NodeSet>>> _bySequence = [];

    /// <summary>Bytes that are held.</summary>
    internal long Bytes { get; private set; }

    internal bool IsEmpty => _bySequence.Count == 0;

    internal void Add(JobRecord record)
    {
        if (!_bySequence.TryGetValue(record.Sequence, out Dictionary<Content, List<NodeSet>>? records))
            _bySequence.Add(record.Sequence, records = []);
        var content = new Content(record.Kind, record.Bytes);
        if (!records.TryGetValue(content, out List<NodeSet>? nodes))
        {
            records.Add(content, nodes = []);
            Bytes += record.Bytes.Length + RecordOverhead;
        }

        nodes.Add(record.Nodes);
    }

    /// <summary>Takes all out, in an order that keeps that of each node.</summary>
    internal List<JobRecord> Take()
    {
        var taken = new List<JobRecord>();
        foreach ((uint sequence, Dictionary<Content, List<NodeSet>> records) in _bySequence)
            foreach ((Content content, List<NodeSet> nodes) in records)
                taken.Add(new JobRecord(NodeSet.UnionOf(nodes), sequence, content.Kind, content.Bytes));
        _bySequence.Clear();
        Bytes = 0;
        return taken;
    }

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
