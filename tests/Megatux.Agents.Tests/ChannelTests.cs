using System.Text;

namespace Megatux.Agents.Tests;

public sealed class ChannelTests
{
    [Fact]
    public void Messages_come_through_whole_however_the_pipe_cuts_them()
    {
        byte[][] payloads = [[], [1], Encoding.UTF8.GetBytes("vm3.laptop1"), new byte[ChannelFrame.LongestPayload]];
        var sent = new MemoryStream();
        using (var sender = new MachineChannel(new Uncloseable(sent)))
            foreach (byte[] payload in payloads)
                sender.Send(ChannelKind.Ping, payload);
        foreach (int piece in (int[])[1, 2, 3, 7, 5000])
        {
            var received = new List<byte[]>();
            using var channel = new MachineChannel(new Pieces(sent.ToArray(), piece));
            channel.Receive((kind, payload) =>
            {
                Assert.Equal(ChannelKind.Ping, kind);
                received.Add(payload.ToArray());
            });
            Assert.Equal(payloads, received);
        }
    }

    [Fact]
    public void Messages_that_are_sent_together_are_what_they_are_one_by_one()
    {
        var random = new Random(5);
        (ChannelKind Kind, byte[] Payload)[] messages = [.. Enumerable.Range(0, 200).Select(i =>
            (i % 2 == 0 ? ChannelKind.Tree : ChannelKind.Given, new byte[i % 20 == 0 ? ChannelFrame.LongestPayload : random.Next(600)]))];
        MemoryStream together = new(), single = new();
        using var first = new MachineChannel(together);
        using var second = new MachineChannel(single);

        first.Send(messages);
        first.Send([]);
        foreach ((ChannelKind kind, byte[] payload) in messages)
            second.Send(kind, payload);

        Assert.Equal(single.ToArray(), together.ToArray());
    }

    [Fact]
    public void What_is_no_message_ends_the_channel_and_what_is_cut_off_is_none()
    {
        int received = 0;
        using var tooLong = new MachineChannel(new MemoryStream([0xFF, 0xFF, 1, 2, 3]));
        tooLong.Receive((_, _) => received++);
        using var noKind = new MachineChannel(new MemoryStream([1, 0, 0, 2]));
        noKind.Receive((_, _) => received++);
        using var cut = new MachineChannel(new MemoryStream([5, 0, 1, 2]));
        cut.Receive((_, _) => received++);
        Assert.Equal(0, received);
    }

    [Fact]
    public void Hostile_bytes_never_make_a_reader_hold_more_than_a_message_or_fail()
    {
        var random = new Random(4711);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            int length = ChannelFrame.Read(bytes, out _, out ReadOnlySpan<byte> payload);
            Assert.InRange(length, -1, bytes.Length);
            Assert.True(payload.Length <= ChannelFrame.LongestPayload);
        }
    }

    [Fact]
    public void A_text_that_is_too_long_is_cut()
    {
        var sent = new MemoryStream();
        using var channel = new MachineChannel(sent);
        channel.Send(ChannelKind.Failed, new string('x', 10_000));
        Assert.Equal(ChannelFrame.LongestMessage, sent.ToArray().Length);
    }

    private sealed class Uncloseable(MemoryStream inner) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);
    }

    private sealed class Pieces(byte[] bytes, int length) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, length)]);
    }
}
