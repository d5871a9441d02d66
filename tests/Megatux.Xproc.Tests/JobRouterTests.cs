using System.Text;
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
    public void A_node_that_asks_for_input_again_and_again_is_heard_some_times_a_second_only()
    {
        var router = new JobRouter(static (_, _) => { }, new Sink(out List<JobRecord> arrived));
        router.LeafUp(Leaf, NodeSet.Parse("vm0.h0"), TimeSpan.Zero, TimeSpan.Zero);
        for (int i = 0; i < 10_000; i++)
            router.ReceiveFromLeaf(Leaf, new RecordsMessage(1, [JobRecord.OfInput(RecordKind.InputAt, i)]), TimeSpan.FromMilliseconds(i));
        router.Tick(TimeSpan.FromMinutes(1));
        Assert.InRange(arrived.Count, 40, 60);
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
    public void Equal_records_wait_for_the_nodes_that_have_not_spoken_and_for_no_others()
    {
        JobRouter router = Start(3, out List<JobRecord> arrived);
        Say(router, 0, 0, "same");
        Say(router, 1, 0, "same");
        Assert.Empty(arrived);
        Say(router, 2, 0, "same");
        Assert.Equal("vm[0-2].h0", Assert.Single(arrived).Nodes.ToString());

        // Of nodes that have ended nothing is to come.
        arrived.Clear();
        foreach (long node in (long[])[0, 1])
            router.ReceiveFromLeaf(node, new RecordsMessage(1, [new JobRecord(NodeSet.Empty, 1, RecordKind.Exit, JobRecord.BytesOf(0))]), TimeSpan.Zero);
        Say(router, 2, 1, "first");
        Assert.Equal(3, arrived.Sum(record => record.Nodes.Count));
        for (uint i = 2; i < 100; i++)
            Say(router, 2, i, "one by one");
        Assert.Equal(101, arrived.Sum(record => record.Nodes.Count));
    }

    [Fact]
    public void A_node_that_has_to_wait_for_the_root_waits_no_longer_for_others_than_they_did_for_it_at_first()
    {
        JobRouter router = Start(2, out List<JobRecord> arrived);
        TimeSpan now = TimeSpan.Zero;
        uint sequence = 0;

        // The other says nothing, so that waiting gets longer and longer.
        for (int i = 0; i < 10; i++)
        {
            Say(router, 0, sequence++, "line", now);
            router.Tick(now = router.NextTime);
        }

        Assert.Equal(10, arrived.Count);
        Say(router, 0, sequence++, "line", now);
        TimeSpan patient = router.NextTime - now;
        for (int bytes = 0; bytes < JobLeaf.MostKept / 2; bytes += JobRecord.MostBytes)
            Say(router, 0, sequence++, new string('x', JobRecord.MostBytes), now);
        Assert.InRange(router.NextTime - now, TimeSpan.Zero, patient / 10);
        router.Tick(router.NextTime);
        Assert.Equal(sequence, (uint)arrived.Count);
    }

    /// <summary>A daemon of which a job was started on so many nodes.</summary>
    private static JobRouter Start(int nodes, out List<JobRecord> arrived)
    {
        var router = new JobRouter(static (_, _) => { }, new Sink(out arrived));
        for (int node = 0; node < nodes; node++)
            router.LeafUp(node, NodeSet.Parse($"vm{node}.h0"), TimeSpan.Zero, TimeSpan.Zero);
        router.Start(new RunMessage(1, TimeSpan.Zero, NodeSet.Parse($"vm[0-{nodes - 1}].h0"), new JobSpec { Words = ["true"] }), TimeSpan.Zero);
        return router;
    }

    private static void Say(JobRouter router, long node, uint sequence, string text, TimeSpan now = default) =>
        router.ReceiveFromLeaf(node, new RecordsMessage(1, [new JobRecord(NodeSet.Empty, sequence, RecordKind.Output, Encoding.UTF8.GetBytes(text))]), now);

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

    [Fact]
    public void A_job_is_none_for_a_node_that_came_up_after_it_was_started_however_late_it_is_heard_of()
    {
        var sent = new List<long>();
        var router = new JobRouter((link, message) => sent.AddRange(message is RunMessage ? [link] : []), sink: null);
        TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
        router.LeafUp(-10, NodeSet.Parse("vm0.h0"), At(10), At(10));
        router.LeafUp(-11, NodeSet.Parse("vm1.h0"), At(3), At(10));
        router.ParentFound(5, At(12));

        // Started at 8, 4 s before this daemon joined; 30 s on its way.
        router.ReceiveFromParent(new RunMessage(7, At(5), NodeSet.Parse("vm[0-1].h0"), Spec) { BeforeLink = At(4) }, At(50));
        Assert.Equal([-11L], sent);

        // The next is told twice: the second time it took less.
        sent.Clear();
        router.LeafUp(-12, NodeSet.Parse("vm2.h0"), At(51), At(51));
        sent.Clear();
        router.ReceiveFromParent(new RunMessage(8, At(0), NodeSet.Parse("vm1.h0"), Spec), At(60));
        router.ReceiveFromParent(new RunMessage(8, At(15), NodeSet.Parse("vm2.h0"), Spec), At(61));
        Assert.Equal([-11L], sent);
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
