namespace Megatux.Tree.Tests;

public sealed class FrameDecoderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void However_a_pipe_cuts_frames_the_same_come_out(int seed)
    {
        var random = new Random(seed);
        byte[][] sent = [.. Frames.Sequence(random, 200)];
        byte[] stream = [.. sent.SelectMany(frame => frame)];
        var decoder = new FrameDecoder();
        var received = new List<byte[]>();
        for (int at = 0; at < stream.Length;)
        {
            // Single bytes, pieces around the length of a header, large ones.
            int cut = random.Next(4) switch { 0 => 1, 1 => random.Next(1, 70), 2 => random.Next(1, 5000), _ => stream.Length };
            at += Give(decoder, stream.AsSpan(at, Math.Min(cut, stream.Length - at)));
            while (decoder.TryTake(out FrameHeader header, out ReadOnlyMemory<byte> frame))
            {
                Assert.Equal((uint)frame.Length, header.Size);
                Assert.Equal((ulong)received.Count, header.Id);
                received.Add(frame.ToArray());
            }

            if (random.Next(3) == 0)
                decoder.Release();
        }

        Assert.Null(decoder.Fault);
        Assert.False(decoder.HoldsPart);
        Assert.Equal(sent, received);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(31u)]
    [InlineData((uint)FrameHeader.LongestFrame + 1)]
    [InlineData(0x8000_0000u)]
    [InlineData(uint.MaxValue)]
    public void A_frame_that_lies_about_its_size_is_a_fault_that_says_so_and_takes_no_memory(uint size)
    {
        var decoder = new FrameDecoder();
        Give(decoder, Frames.Of(0, 10));
        Give(decoder, Frames.Claiming(size));

        Assert.True(decoder.TryTake(out _, out _));
        Assert.False(decoder.TryTake(out _, out _));
        Assert.Equal(FormattableString.Invariant($"a frame says that it has {size} bytes; it can have 32 to 65568"), decoder.Fault);
        Assert.False(decoder.TryTake(out _, out _));
        Assert.InRange(decoder.Held, 1, 4096);
    }

    [Fact]
    public void A_frame_that_is_only_announced_takes_no_memory_until_it_comes()
    {
        var decoder = new FrameDecoder();
        byte[] frame = Frames.Of(0, FrameHeader.LongestPayload);
        for (int at = 0; at < frame.Length;)
        {
            Assert.InRange(decoder.Held, 0, Math.Max(4096, 2 * at));
            at += Give(decoder, frame.AsSpan(at, Math.Min(500, frame.Length - at)));
            Assert.Equal(at == frame.Length, decoder.TryTake(out _, out _));
        }
    }

    [Fact]
    public void A_decoder_that_has_nothing_holds_nothing()
    {
        var decoder = new FrameDecoder();
        Give(decoder, Frames.Of(0, 100));
        decoder.Release();
        Assert.True(decoder.HoldsPart);
        Assert.True(decoder.TryTake(out _, out _));
        decoder.Release();
        Assert.Equal(0, decoder.Held);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_bytes_are_frames_or_a_fault_and_never_more(int seed)
    {
        var random = new Random(seed);
        byte[] piece = new byte[9000];
        for (int round = 0; round < 20_000; round++)
        {
            var decoder = new FrameDecoder();
            for (int pieces = random.Next(1, 6); pieces > 0; pieces--)
            {
                Span<byte> bytes = piece.AsSpan(0, random.Next(1, random.Next(10) == 0 ? piece.Length : 100));
                random.NextBytes(bytes);
                // Sizes that are possible are rare by chance.
                if (bytes.Length > 16 && random.Next(2) == 0)
                    (bytes[13], bytes[14], bytes[15]) = ((byte)random.Next(3), 0, 0);
                Give(decoder, bytes);
                while (decoder.TryTake(out FrameHeader header, out ReadOnlyMemory<byte> frame))
                    Assert.True(header.HasValidSize && header.Size == frame.Length);
                Assert.InRange(decoder.Held, 0, 2 * FrameHeader.LongestFrame);
                if (decoder.Fault is not null)
                    break;
            }

            decoder.Clear();
            Assert.Equal(0, decoder.Held);
        }
    }

    /// <summary>Gives as many of the bytes as there is room for, but takes out no frame.</summary>
    private static int Give(FrameDecoder decoder, ReadOnlySpan<byte> bytes)
    {
        Memory<byte> room = decoder.Room();
        Assert.False(room.IsEmpty);
        int count = Math.Min(room.Length, bytes.Length);
        bytes[..count].CopyTo(room.Span);
        decoder.Add(count);
        return count;
    }
}
