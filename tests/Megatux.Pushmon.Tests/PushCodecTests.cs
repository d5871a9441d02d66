using System.Buffers;
using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Pushmon.Tests;

public sealed class PushCodecTests
{
    private static readonly TreeMessage[] Messages =
    [
        new SampleMessage(7, "((load 'G one))"u8.ToArray(), "((load 1.5))"u8.ToArray()),
        SchemaWantedMessage.Instance,
        new PushMessage
        {
            Sequence = 9,
            Rank = 40,
            Configuration = 3,
            Coverage = Ranks(40, 41, 60),
            Contributors = 3_000,
            Ages = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(0.1)),
            Dropped = 17,
            Parts = [new ReducedPart("nodes", "((load (stat 1 2 3)))"u8.ToArray(), 2, "vm0.h40: no list"), new ReducedPart("samples", default, 0, "")],
            Raw = [new WatchedSample("vm1.h40", 40_001, TimeSpan.FromSeconds(1), 12, 1, "((load 'G one))"u8.ToArray(), "((load 1.5))"u8.ToArray())],
        },
        new PushedMessage(9),
        new ConfigurationMessage(4, NodeSet.Parse("vm[0-9].h7"), [("nodes", "(define (sample node s) (list))"), ("mine", "(+ 1 2)")]),
    ];

    public static TheoryData<int> Each => [.. Enumerable.Range(0, Messages.Length)];

    [Theory]
    [MemberData(nameof(Each))]
    public void What_is_written_is_read_the_same_and_what_is_cut_off_is_nothing(int which)
    {
        (ushort type, byte[] payload) = Written(Messages[which]);
        TreeMessage read = Assert.IsType<TreeMessage>(PushCodec.Instance.Read(type, payload), exactMatch: false);
        Assert.Equal(Messages[which].GetType(), read.GetType());
        Assert.Equal(payload, Written(read).Payload);
        for (int cut = 0; cut < payload.Length; cut++)
            Assert.Null(PushCodec.Instance.Read(type, payload.AsSpan(0, cut)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_comes_is_a_message_or_none_takes_little_memory_and_harms_no_daemon(int seed)
    {
        var random = new Random(seed);
        (ushort Type, byte[] Payload)[] seeds = [.. Messages.Select(Written)];
        var network = new PushNetwork(3, 2);
        network.Run(TimeSpan.FromSeconds(3));
        MonitorDaemon root = network[TreeDaemon.Root];
        for (int round = 0; round < 30_000; round++)
        {
            (ushort type, byte[] payload) = seeds[random.Next(seeds.Length)];
            byte[] changed = Changed(random, payload);
            long before = GC.GetAllocatedBytesForCurrentThread();
            TreeMessage? message = PushCodec.Instance.Read(random.Next(8) == 0 ? (ushort)random.Next(110) : type, changed);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (64 << 10) + (1000L * changed.Length));
            if (message is SampleMessage sample)
                network[1].ReceiveFromLeaf(PushNetwork.FirstNode, sample, network.Now);
            else if (message is PushMessage push)
                root.Receive(100_000 + random.Next(3), push, network.Now);
        }

        network.Run(TimeSpan.FromSeconds(10));
        Assert.InRange(network.Report!.Contributors, 6, long.MaxValue);
        Assert.Contains(network.Report.Parts, part => part.Name == "nodes");
    }

    private static (ushort Type, byte[] Payload) Written(TreeMessage message)
    {
        var bytes = new ArrayBufferWriter<byte>();
        return (Assert.NotNull(PushCodec.Instance.Write(message, new PayloadWriter(bytes))), bytes.WrittenSpan.ToArray());
    }

    private static byte[] Changed(Random random, byte[] payload)
    {
        byte[] changed = [.. payload.AsSpan(0, random.Next(4) == 0 ? random.Next(payload.Length + 1) : payload.Length), .. new byte[random.Next(4) == 0 ? random.Next(9) : 0]];
        for (int times = random.Next(4); times > 0 && changed.Length > 0; times--)
            changed[random.Next(changed.Length)] = (byte)(random.Next(3) == 0 ? 0xFF : random.Next(256));
        return changed;
    }

    private static RankSet Ranks(params long[] ranks)
    {
        var set = new RankSet();
        foreach (long rank in ranks)
            set.Add(RankSet.Of(rank));
        return set;
    }
}
