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
