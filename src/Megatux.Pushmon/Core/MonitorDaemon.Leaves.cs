using Megatux.Model;
using Megatux.Sexp;
using Megatux.Tree;

namespace Megatux.Pushmon;

/// <content>The nodes of this host. Whatever they send, of each its last sample is kept, and that is bounded.</content>
public sealed partial class MonitorDaemon
{
    /// <summary>The most bytes of a sample, and of its schema.</summary>
    public const int MostSampleBytes = 8 << 10;

    /// <summary>The most schemas that are kept in mind.</summary>
    private const int MostSchemas = 16;

    private static readonly SexpLimits Limits = new() { MaxDepth = 32, MaxTokenBytes = MostSampleBytes, MaxMessageBytes = MostSampleBytes };

    private readonly Dictionary<long, Leaf> _leaves = [];
    private readonly List<(byte[] Text, Datum Schema)> _schemas = [];
    private long _dropped;

    /// <summary>A node of this host's has come up.</summary>
    /// <param name="link">Its link.</param>
    /// <param name="name">Its name.</param>
    /// <param name="number">Its number in the experiment.</param>
    public void LeafUp(long link, string name, long number)
    {
        _leaves[link] = new Leaf(name, number) { IsWatched = _configuration.Raw.Contains(name) };
        _effects.Send(link, SchemaWantedMessage.Instance);
    }

    /// <summary>A node of this host's has ended.</summary>
    public void LeafGone(long link) => _leaves.Remove(link);

    /// <summary>Takes a message from a node of this host's.</summary>
    public void ReceiveFromLeaf(long link, SampleMessage sample, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(sample);
        if (!_leaves.TryGetValue(link, out Leaf? leaf))
            return;
        bool isTooLong = sample.Schema.Length > MostSampleBytes || sample.Data.Length > MostSampleBytes;
        Drop(leaf, MissedBefore(leaf, sample.Sequence, now) + (isTooLong || leaf.IsNews ? 1 : 0));
        leaf.Heard = (sample.Sequence, now);
        if (isTooLong)
            return;
        if (!sample.Schema.IsEmpty)
            (leaf.Schema, leaf.ReadSchema) = (sample.Schema, null);
        (leaf.Sample, leaf.IsRead, leaf.At, leaf.IsNews) = (sample, false, now, true);
    }

    // By the numbers that it left out. It may claim what it likes, but there were only so many moments since it said something.
    private long MissedBefore(Leaf leaf, uint sequence, TimeSpan now) => leaf.Heard is var (last, at) && sequence > last
        ? Math.Min(sequence - last - 1, (now - at).Ticks / _interval.Ticks)
        : 0;

    // Reductions look a schema's fields up once for all nodes that have the same.
    private Datum SchemaOf(ReadOnlySpan<byte> text)
    {
        foreach ((byte[] known, Datum schema) in _schemas)
            if (text.SequenceEqual(known))
                return schema;
        var read = Datum.Parse(text, Limits);
        _schemas.Insert(0, (text.ToArray(), read));
        if (_schemas.Count > MostSchemas)
            _schemas.RemoveAt(MostSchemas);
        return read;
    }

    private void Drop(Leaf leaf, long count)
    {
        _dropped += count;
        leaf.Dropped += count;
    }

    /// <summary>A node of this host's, and what it said last.</summary>
    private sealed class Leaf(string name, long number)
    {
        internal string Name { get; } = name;

        internal long Number { get; } = number;

        internal ReadOnlyMemory<byte> Schema { get; set; }

        internal Datum? ReadSchema { get; set; }

        internal SampleMessage? Sample { get; set; }

        /// <summary>Whether the sample was found to be one.</summary>
        internal bool IsRead { get; set; }

        internal TimeSpan At { get; set; }

        /// <summary>The last number that it gave, of a sample that was taken or not, and when.</summary>
        internal (uint Sequence, TimeSpan At)? Heard { get; set; }

        /// <summary>Whether the sample was in no push yet.</summary>
        internal bool IsNews { get; set; }

        /// <summary>Whether its samples are wanted as they are.</summary>
        internal bool IsWatched { get; set; }

        /// <summary>How many of its samples were dropped here, or never came.</summary>
        internal long Dropped { get; set; }
    }
}
