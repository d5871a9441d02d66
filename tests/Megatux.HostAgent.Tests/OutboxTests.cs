using System.Buffers.Binary;
using System.IO.Pipes;
using Megatux.Agents;
using Megatux.Model;
using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.HostAgent.Tests;

public sealed class OutboxTests
{
    private const int Piece = 16 << 10, Pieces = 100;

    [Fact(Timeout = 30_000)]
    public async Task Input_for_a_node_that_reads_slowly_is_left_out_whole_and_all_else_comes()
    {
        using var ours = new AnonymousPipeServerStream(PipeDirection.Out);
        using var theirs = new AnonymousPipeClientStream(PipeDirection.In, ours.ClientSafePipeHandle);
        var outbox = new Outbox(new FrameWriter(ours));
        for (int piece = 0; piece < Pieces; piece++)
        {
            Send(outbox, new InputMessage(1, NodeSet.Empty, piece * Piece, new byte[Piece], IsLast: false));
            Send(outbox, new AckMessage(1, NodeSet.Empty, (uint)piece));
        }

        var joiner = new MessageParts.Joiner(XprocMessages.Codec, XprocMessages.LongestToNode);
        var came = new List<TreeMessage>();
        var frames = new FrameReader();
        while (came.OfType<AckMessage>().Count() < Pieces)
        {
            frames.Add(await theirs.ReadAsync(frames.Room(), TestContext.Current.CancellationToken));
            while (frames.TryTake(out _, out ReadOnlyMemory<byte> payload))
                if (joiner.Add(payload.Span) is { } message)
                    came.Add(message);
        }

        Assert.Equal(Enumerable.Range(0, Pieces).Select(piece => (uint)piece), came.OfType<AckMessage>().Select(ack => ack.Sequence));
        Assert.InRange(came.OfType<InputMessage>().Count(), 1, Pieces - 1);
        Assert.All(came.OfType<InputMessage>(), input => Assert.Equal(Piece, input.Bytes.Length));
    }

    [Fact(Timeout = 30_000)]
    public async Task To_a_node_behind_a_terminal_line_no_more_is_sent_than_it_holds_before_the_node_has_taken_it()
    {
        const int window = 3840, messages = 50;
        using var ours = new AnonymousPipeServerStream(PipeDirection.Out);
        using var theirs = new AnonymousPipeClientStream(PipeDirection.In, ours.ClientSafePipeHandle);
        var outbox = new Outbox(new FrameWriter(ours), window);
        // A node that claims to have taken more than was sent gets no more for that.
        outbox.Taken(Said(long.MaxValue));
        for (int message = 0; message < messages; message++)
            Assert.True(outbox.TryAdd(ChannelKind.Ping, new byte[message % 3 == 0 ? ChannelFrame.LongestPayload : 100]));

        byte[] buffer = new byte[2 * window];
        long taken = 0, all = Enumerable.Range(0, messages).Sum(message => ChannelFrame.HeaderLength + (message % 3 == 0 ? ChannelFrame.LongestPayload : 100));
        while (taken < all)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
            int read = await theirs.ReadAsync(buffer, TestContext.Current.CancellationToken);
            Assert.InRange(read, 1, window);
            outbox.Taken(Said(taken += read));
        }
    }

    private static byte[] Said(long bytes)
    {
        byte[] payload = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(payload, bytes);
        return payload;
    }

    private static void Send(Outbox outbox, TreeMessage message) =>
        MessageParts.Cut(message, XprocMessages.Codec, RequestNumber.LongestRest, part => Assert.True(outbox.TryAdd(ChannelKind.Tree, part.ToArray())));
}
