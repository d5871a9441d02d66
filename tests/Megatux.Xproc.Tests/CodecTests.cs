using System.Buffers;
using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Xproc.Tests;

public sealed class CodecTests
{
    private static readonly NodeSet Some = NodeSet.Parse("vm[0-49].h[7-8]!vm3.h7"), One = NodeSet.Parse("vm3.h7");

    private static readonly NodeStates States = new(Some, One, NodeSet.Parse("x[1-99/7]"));

    private static readonly JobSpec Spec = new()
    {
        Words = ["sh", "-c", "echo ü \"$A\""], Environment = ["A=b c"], Folder = "/tmp", HasInput = true, Limit = TimeSpan.FromSeconds(1.5),
    };

    private static readonly TreeMessage[] OfTree =
    [
        BeatMessage.Instance, new JoinMessage(7, 3, true, TreeDaemon.NoRank, States), new AcceptMessage(4, 1_000_000),
        new RedirectMessage(5, 99), new RefuseMessage(6), new MembersMessage(States),
    ];

    private static readonly TreeMessage[] OfJobs =
    [
        new RunMessage(ulong.MaxValue, TimeSpan.FromSeconds(3), Some, Spec),
        new RecordsMessage(1, [new JobRecord(Some, 0, RecordKind.Output, "out\n"u8.ToArray()), new JobRecord(One, 1, RecordKind.Exit, JobRecord.BytesOf(-1))]),
        new AckMessage(2, Some, 77), new SignalMessage(3, One, 15), new InputMessage(4, Some, 1L << 40, new byte[] { 0, 255 }, true),
        ResendMessage.Instance, new ForgetMessage(5, One),
    ];

    [Fact]
    public void What_is_written_is_read_the_same()
    {
        Assert.All(OfTree, message => Same(new TreeCodec(), message));
        Assert.All(OfJobs, message => Same(new XprocCodec(), message));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_comes_is_a_message_or_none_and_takes_little_memory(int seed)
    {
        var random = new Random(seed);
        (IMessageCodec Codec, byte[] Payload, ushort Type)[] seeds = [.. OfTree.Select(message => Written(new TreeCodec(), message)), .. OfJobs.Select(message => Written(new XprocCodec(), message))];
        for (int round = 0; round < 60_000; round++)
        {
            (IMessageCodec codec, byte[] payload, ushort type) = seeds[random.Next(seeds.Length)];
            byte[] changed = random.Next(8) == 0 ? RandomBytes(random) : Changed(random, payload);
            long before = GC.GetAllocatedBytesForCurrentThread();
            codec.Read(random.Next(8) == 0 ? (ushort)random.Next(80) : type, changed);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (64 << 10) + (1000L * changed.Length));
        }
    }

    [Theory]
    [InlineData(3)]
    public void Whatever_a_client_or_the_disk_says_is_an_entry_or_none(int seed)
    {
        var random = new Random(seed);
        var written = new ArrayBufferWriter<byte>();
        new JobEntry(new JobRecord(Some, 4, RecordKind.Output, "text"u8.ToArray()), 0).Write(written);
        new JobEntry(new JobRecord(One, 5, RecordKind.Exit, JobRecord.BytesOf(3)), 9).Write(written);
        for (int round = 0; round < 60_000; round++)
        {
            byte[] changed = Changed(random, written.WrittenSpan.ToArray());
            int whole = JobEntry.Whole(changed, out _);
            Assert.InRange(whole, 0, changed.Length);
            ReadOnlySpan<byte> rest = changed.AsSpan(0, whole);
            for (int length; (length = JobEntry.Read(rest, out _)) > 0; rest = rest[length..])
                Assert.InRange(length, 1, rest.Length);
        }
    }

    private static void Same(IMessageCodec codec, TreeMessage message)
    {
        (_, byte[] payload, ushort type) = Written(codec, message);
        TreeMessage read = Assert.IsType<TreeMessage>(codec.Read(type, payload), exactMatch: false);
        Assert.Equal(payload, Written(codec, read).Payload);
        Assert.Equal(message.GetType(), read.GetType());
        for (int cut = 0; cut < payload.Length; cut++)
            Assert.Null(codec.Read(type, payload.AsSpan(0, cut)));
    }

    private static (IMessageCodec Codec, byte[] Payload, ushort Type) Written(IMessageCodec codec, TreeMessage message)
    {
        var bytes = new ArrayBufferWriter<byte>();
        ushort? type = codec.Write(message, new PayloadWriter(bytes));
        Assert.NotNull(type);
        return (codec, bytes.WrittenSpan.ToArray(), type.Value);
    }

    private static byte[] RandomBytes(Random random)
    {
        byte[] bytes = new byte[random.Next(300)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Changed(Random random, byte[] payload)
    {
        byte[] bytes = [.. payload];
        for (int changes = random.Next(1, 5); changes > 0 && bytes.Length > 0; changes--)
        {
            int at = random.Next(bytes.Length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes = bytes[..at];
                    break;
                case 2:
                    bytes = [.. bytes[..at], .. RandomBytes(random), .. bytes[at..]];
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return bytes;
    }
}
