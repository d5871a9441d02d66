using System.Net.Security;
using System.Security.Cryptography;

namespace Megatux.Tree.Tests;

public sealed class TlsLinkTests
{
    [Fact]
    public async Task Frames_go_both_ways_between_peers_that_have_the_key()
    {
        await using var links = new Links();
        (TlsLink link, RecordingReceiver receiver, TlsLink otherLink, RecordingReceiver other) = await links.Pair();

        Assert.True(link.TrySend(Frames.Of(1, 0)));
        Assert.True(otherLink.TrySend(Frames.Of(2, FrameHeader.LongestPayload)));

        Assert.Equal(1u, (await other.Next()).Id);
        Assert.Equal(2u, (await receiver.Next()).Id);
    }

    [Fact]
    public async Task A_hundred_megabytes_arrive_whole_and_in_order()
    {
        const long Total = 100_000_000;
        await using var links = new Links();
        (TlsLink link, RecordingReceiver receiver, _, RecordingReceiver other) = await links.Pair();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var random = new Random(1);
        long sent = 0;
        ulong frames = 0;
        while (sent < Total)
            foreach (byte[] frame in Frames.Sequence(random, 100))
            {
                new FrameHeader { Id = frames++ }.WriteFrame(frame, frame.AsSpan(FrameHeader.Length));
                hash.AppendData(frame);
                sent += frame.Length;
                while (!link.TrySend(frame))
                    await receiver.HasRoom();
            }

        for (ulong id = 0; id < frames; id++)
            Assert.Equal(id, (await other.Next()).Id);
        Assert.Equal(sent, other.Bytes);
        Assert.Equal(Convert.ToHexString(hash.GetCurrentHash()), other.Hash);
    }

    [Fact]
    public async Task Frames_that_several_threads_send_stay_whole_and_each_threads_in_order()
    {
        const int Threads = 8, Each = 500;
        await using var links = new Links();
        (TlsLink link, _, _, RecordingReceiver other) = await links.Pair();
        Task sending = Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            byte[] frame = new byte[FrameHeader.LongestFrame];
            for (int id = 0; id < Each; id++)
            {
                int length = new FrameHeader { From = thread, Id = (ulong)id }.WriteFrame(frame, new byte[id * 7]);
                while (!link.TrySend(frame.AsSpan(0, length)))
                    await Task.Delay(1, TestContext.Current.CancellationToken);
            }
        })));

        int[] next = new int[Threads];
        for (int i = 0; i < Threads * Each; i++)
        {
            FrameHeader header = await other.Next();
            Assert.Equal((ulong)next[header.From]++, header.Id);
            Assert.Equal(FrameHeader.Length + (header.Id * 7), header.Size);
        }

        await sending;
    }

    [Fact]
    public async Task A_peer_that_stops_reading_holds_up_its_own_link_and_no_other()
    {
        await using var links = new Links();
        (TlsLink stopped, RecordingReceiver sender, TlsLink stoppedEnd, RecordingReceiver behind) = await links.Pair();
        (TlsLink running, _, _, RecordingReceiver ahead) = await links.Pair();
        behind.OnFrame = static (link, header) =>
        {
            if (header.Id == 0)
                link.Pause();
        };

        // Until neither the queue nor the kernel takes more.
        ulong sent = 0;
        byte[] frame = Frames.Of(0, 10_000);
        while (true)
        {
            new FrameHeader { Id = sent }.WriteFrame(frame, frame.AsSpan(FrameHeader.Length));
            if (stopped.TrySend(frame))
                sent++;
            else if (await StaysFull(stopped))
                break;
            Assert.InRange(stopped.Waiting, 0, LinkLimits.Queue);
        }

        Assert.InRange(sent * (ulong)frame.Length, (ulong)LinkLimits.Queue - (ulong)frame.Length, 8u << 20);
        for (ulong id = 0; id < 100; id++)
        {
            Assert.True(running.TrySend(Frames.Of(id, 1000)));
            Assert.Equal(id, (await ahead.Next()).Id);
        }

        stoppedEnd.Resume();
        new FrameHeader { Id = sent++ }.WriteFrame(frame, frame.AsSpan(FrameHeader.Length));
        while (!stopped.TrySend(frame))
            await sender.HasRoom();
        for (ulong id = 0; id < sent; id++)
            Assert.Equal(id, (await behind.Next()).Id);
    }

    [Fact]
    public async Task A_receiver_that_pauses_gets_nothing_more_until_it_resumes_even_of_what_has_come()
    {
        await using var links = new Links();
        (TlsLink link, _, TlsLink otherLink, RecordingReceiver other) = await links.Pair();
        int came = 0;
        other.OnFrame = (paused, _) =>
        {
            Interlocked.Increment(ref came);
            paused.Pause();
        };
        for (ulong id = 0; id < 10; id++)
            Assert.True(link.TrySend(Frames.Of(id, 10)));

        for (int id = 0; id < 10; id++)
        {
            Assert.Equal((ulong)id, (await other.Next()).Id);
            Assert.Equal(id + 1, Volatile.Read(ref came));
            otherLink.Resume();
        }
    }

    [Fact]
    public async Task Both_ends_are_told_once_that_a_link_is_gone_and_why()
    {
        await using var links = new Links();
        (TlsLink link, RecordingReceiver receiver, TlsLink otherLink, RecordingReceiver other) = await links.Pair();
        Assert.True(otherLink.TrySend(Frames.Of(0, 0)));
        await receiver.Next();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(link.Dispose)));

        Assert.Equal("it was closed here", await receiver.Closed());
        Assert.Equal("it closed the link", await other.Closed());
        Assert.False(link.TrySend(Frames.Of(0, 0)));
        Assert.False(otherLink.TrySend(Frames.Of(0, 0)));
    }

    [Fact]
    public async Task What_is_queued_when_a_link_closes_still_arrives()
    {
        await using var links = new Links();
        (TlsLink link, RecordingReceiver receiver, _, RecordingReceiver other) = await links.Pair();
        ulong sent = 0;
        while (link.TrySend(Frames.Of(sent, 5000)))
            sent++;
        link.Close();
        Assert.False(link.TrySend(Frames.Of(sent, 0)));

        for (ulong id = 0; id < sent; id++)
            Assert.Equal(id, (await other.Next()).Id);
        Assert.Equal("it closed the link", await other.Closed());
        Assert.Equal("it was closed here", await receiver.Closed());
    }

    [Fact]
    public async Task A_peer_that_does_not_take_the_rest_of_a_closing_link_is_not_waited_for_long()
    {
        await using var links = new Links();
        (TlsLink link, RecordingReceiver receiver, TlsLink otherLink, _) = await links.Pair();
        otherLink.Pause();
        while (!await Fill(link))
        {
        }

        link.Close();
        Assert.Equal("it was closed here", await receiver.Closed());
    }

    [Fact]
    public async Task A_link_that_ended_before_it_was_started_says_so_when_it_is()
    {
        await using var links = new Links();
        using TlsLink link = await TlsLink.ConnectAsync(links.EndPoint, Links.Key, TestContext.Current.CancellationToken);
        var receiver = new RecordingReceiver();
        link.Dispose();
        link.Start(receiver);
        Assert.Equal("it was closed here", await receiver.Closed());
    }

    [Theory]
    [InlineData(5u)]
    [InlineData(uint.MaxValue)]
    public async Task A_frame_that_lies_about_its_size_closes_the_link(uint size)
    {
        await using var links = new Links();
        await using SslStream raw = await Strangers.Keyed(links.EndPoint);
        var receiver = new RecordingReceiver();
        (await links.Accepted()).Start(receiver);

        await raw.WriteAsync(Frames.Of(3, 100), TestContext.Current.CancellationToken);
        await raw.WriteAsync(Frames.Claiming(size), TestContext.Current.CancellationToken);

        Assert.Equal(3u, (await receiver.Next()).Id);
        Assert.Equal(FormattableString.Invariant($"a frame says that it has {size} bytes; it can have 32 to 65568"), await receiver.Closed());
    }

    [Fact]
    public async Task A_link_that_ends_in_the_middle_of_a_frame_says_so()
    {
        await using var links = new Links();
        SslStream raw = await Strangers.Keyed(links.EndPoint);
        var receiver = new RecordingReceiver();
        (await links.Accepted()).Start(receiver);

        await raw.WriteAsync(Frames.Of(3, 100).AsMemory(0, 50), TestContext.Current.CancellationToken);
        await raw.ShutdownAsync();
        await raw.DisposeAsync();

        Assert.Equal("it closed the link in the middle of a frame", await receiver.Closed());
    }

    [Fact]
    public async Task What_is_no_frame_is_not_sent()
    {
        await using var links = new Links();
        (TlsLink link, _, _, _) = await links.Pair();
        Assert.Throws<ArgumentOutOfRangeException>(() => link.TrySend(new byte[FrameHeader.Length - 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => link.TrySend(new byte[FrameHeader.LongestFrame + 1]));
    }

    [Fact]
    public async Task Connecting_where_nobody_listens_says_so()
    {
        System.Net.IPEndPoint gone;
        await using (var links = new Links())
            gone = links.EndPoint;
        IOException failure = await Assert.ThrowsAsync<IOException>(() => TlsLink.ConnectAsync(gone, Links.Key, TestContext.Current.CancellationToken));
        Assert.Equal($"{gone}: nobody listens there", failure.Message);
    }

    /// <summary>True when a link has taken all that it takes and the kernel moves nothing on.</summary>
    private static async Task<bool> Fill(TlsLink link)
    {
        while (link.TrySend(Frames.Of(0, FrameHeader.LongestPayload)))
        {
        }

        return await StaysFull(link);
    }

    private static async Task<bool> StaysFull(TlsLink link)
    {
        int waiting = link.Waiting;
        await Task.Delay(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);
        return link.Waiting == waiting;
    }
}
