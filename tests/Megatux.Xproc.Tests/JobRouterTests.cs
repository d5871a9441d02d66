using Megatux.Model;

namespace Megatux.Xproc.Tests;

public sealed class JobRouterTests
{
    private const long Leaf = 1;

    [Fact]
    public void A_node_that_makes_up_jobs_or_says_nothing_without_end_takes_bounded_memory()
    {
        var router = new JobRouter(static (_, _) => { }, sink: null);
        router.LeafUp(Leaf, NodeSet.Parse("vm0.h0"), TimeSpan.Zero, TimeSpan.Zero);
        for (uint i = 0; i < 100_000; i++)
            router.ReceiveFromLeaf(Leaf, new RecordsMessage(i, [new JobRecord(NodeSet.Empty, 0, RecordKind.Output, default)]), TimeSpan.Zero);
        Assert.InRange(router.JobCount, 1, 64);

        foreach (RecordKind kind in (RecordKind[])[RecordKind.Output, RecordKind.Exit])
            for (uint i = 0; i < 100_000; i++)
                router.ReceiveFromLeaf(Leaf, new RecordsMessage(0, [new JobRecord(NodeSet.Empty, i, kind, default)]), TimeSpan.Zero);
        Assert.InRange(router.HeldBytes, 1, 3 << 20);
    }

    [Fact]
    public void A_node_speaks_for_itself_only_and_does_not_say_who_is_lost()
    {
        var router = new JobRouter(static (_, _) => { }, new Sink(out List<JobRecord> arrived));
        router.LeafUp(Leaf, NodeSet.Parse("vm0.h0"), TimeSpan.Zero, TimeSpan.Zero);
        router.ReceiveFromLeaf(Leaf, new RecordsMessage(7, [
            new JobRecord(NodeSet.Parse("vm[0-9].h1"), 0, RecordKind.Exit, JobRecord.BytesOf(0)),
            new JobRecord(NodeSet.Parse("vm[0-9].h1"), 0, RecordKind.Lost, default),
        ]), TimeSpan.Zero);

        JobRecord record = Assert.Single(arrived);
        Assert.Equal((NodeSet.Parse("vm0.h0"), RecordKind.Exit), (record.Nodes, record.Kind));
    }

    [Fact]
    public void Nodes_that_say_the_same_become_one_record_however_many_they_are()
    {
        const int nodes = 1000;
        var sent = new List<long>();
        var router = new JobRouter((link, message) => sent.AddRange(message is RunMessage ? [link] : []), new Sink(out List<JobRecord> arrived));
        for (int node = 0; node < nodes; node++)
            router.LeafUp(node, NodeSet.Parse($"vm{node}.h0"), TimeSpan.Zero, TimeSpan.Zero);
        router.Start(new RunMessage(7, TimeSpan.Zero, NodeSet.Parse($"vm[0-{nodes - 1}].h[0-9]"), Spec), TimeSpan.Zero);
        Assert.Equal(nodes, sent.Count);

        foreach (long link in Enumerable.Range(0, nodes).OrderBy(node => node * 7919 % nodes))
            router.ReceiveFromLeaf(link, End, TimeSpan.Zero);
        Assert.Equal(NodeSet.Parse($"vm[0-{nodes - 1}].h0"), Assert.Single(arrived).Nodes);
    }

    [Fact]
    public void A_job_goes_to_its_own_nodes_alone_and_to_each_once()
    {
        var sent = new List<long>();
        var router = new JobRouter((link, message) => sent.AddRange(message is RunMessage ? [link] : []), new Sink(out List<JobRecord> arrived));
        for (int node = 0; node < 6; node++)
            router.LeafUp(node, NodeSet.Parse($"vm{node}.h0"), TimeSpan.Zero, TimeSpan.Zero);
        router.Start(new RunMessage(7, TimeSpan.Zero, NodeSet.Parse("vm[1-2].h0"), Spec), TimeSpan.Zero);
        router.Start(new RunMessage(7, TimeSpan.Zero, NodeSet.Parse("vm[2-3].h0"), Spec), TimeSpan.Zero);
        Assert.Equal([1L, 2L, 3L], sent);

        // One of them has ended it and is told again: whoever asks has not heard of that.
        router.ReceiveFromLeaf(2, End, TimeSpan.Zero);
        router.Start(new RunMessage(7, TimeSpan.Zero, NodeSet.Parse("vm[1-2].h0"), Spec), TimeSpan.Zero);
        Assert.Equal([1L, 2L, 3L, 2L], sent);

        // One is gone before it has ended it, one after, and one was never told.
        router.ReceiveFromLeaf(2, End, TimeSpan.Zero);
        foreach (long link in (long[])[1, 2, 5])
            router.LeafGone(link, TimeSpan.Zero);
        router.ReceiveFromLeaf(3, End, TimeSpan.Zero);
        Assert.Equal(NodeSet.Parse("vm1.h0"), Assert.Single(arrived, record => record.Kind == RecordKind.Lost).Nodes);
        Assert.Equal(NodeSet.Parse("vm[2-3].h0"), NodeSet.UnionOf(arrived.Where(record => record.Kind == RecordKind.Exit).Select(record => record.Nodes)));
    }

    private static JobSpec Spec => new() { Words = ["true"] };

    private static RecordsMessage End => new(7, [new JobRecord(NodeSet.Empty, 0, RecordKind.Exit, JobRecord.BytesOf(0))]);

    private sealed class Sink : IRecordSink
    {
        private readonly List<JobRecord> _arrived;

        internal Sink(out List<JobRecord> arrived) => _arrived = arrived = [];

        public void Take(ulong job, IReadOnlyList<JobRecord> records, TimeSpan now) => _arrived.AddRange(records);

        public void NodesChanged(TimeSpan now)
        {
        }
    }
}
