using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Megatux.Tree.Tests;

public sealed class TlsListenerTests
{
    [Fact]
    public async Task A_peer_without_a_key_is_refused()
    {
        await using var links = new Links();
        // In TLS 1.3 a client learns only afterwards what the server thinks of it.
        await using SslStream stranger = await Strangers.Connect(links.EndPoint, null, SslProtocols.Tls13);
        Assert.Equal("it shows no key", (await links.Refused()).Reason);
        await Strangers.UntilClosed(stranger);
    }

    [Fact]
    public async Task A_peer_with_another_key_is_refused()
    {
        await using var links = new Links();
        await using SslStream stranger = await Strangers.Connect(links.EndPoint, Links.OtherKey, SslProtocols.Tls13);
        LinkRefusal refusal = await links.Refused();
        Assert.Equal(("it shows another key than the experiment's", 0), (refusal.Reason, refusal.Unreported));
        Assert.Equal(IPAddress.Loopback, refusal.Peer!.Address);
        await Strangers.UntilClosed(stranger);
    }

    [Fact]
    public async Task A_peer_that_speaks_an_older_TLS_is_refused_even_with_the_key()
    {
        await using var links = new Links();
        await Assert.ThrowsAnyAsync<Exception>(() => Strangers.Connect(links.EndPoint, Links.Key, SslProtocols.Tls12));
        Assert.Equal("it does not speak TLS 1.3, or refuses our key", (await links.Refused()).Reason);
    }

    [Fact]
    public async Task A_peer_that_speaks_no_TLS_is_refused()
    {
        await using var links = new Links();
        using Socket stranger = await Strangers.Plain(links.EndPoint);
        await stranger.SendAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal("it does not speak TLS 1.3, or refuses our key", (await links.Refused()).Reason);
        await Strangers.UntilClosed(new NetworkStream(stranger));
    }

    [Fact]
    public async Task A_peer_that_says_nothing_is_refused_in_the_end_and_others_are_let_in_meanwhile()
    {
        await using var links = new Links();
        using Socket stranger = await Strangers.Plain(links.EndPoint);
        await links.Pair();
        Assert.Equal("it took too long to show that it has the experiment's key", (await links.Refused()).Reason);
        await Strangers.UntilClosed(new NetworkStream(stranger));
    }

    [Fact]
    public async Task A_peer_that_goes_away_during_the_handshake_is_reported()
    {
        await using var links = new Links();
        (await Strangers.Plain(links.EndPoint)).Dispose();
        Assert.Equal("it ended the connection before it had shown that it has the experiment's key", (await links.Refused()).Reason);
    }

    [Fact]
    public async Task A_crowd_of_silent_peers_keeps_nobody_out_who_has_the_key()
    {
        const int Crowd = 3 * LinkLimits.Handshakes;
        await using var links = new Links();
        Socket[] strangers = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(_ => Strangers.Plain(links.EndPoint)));
        (TlsLink link, _, _, RecordingReceiver other) = await links.Pair();
        Assert.True(link.TrySend(Frames.Of(1, 10)));
        Assert.Equal(1u, (await other.Next()).Id);

        // All of them end, and few of them are reported.
        foreach (Socket stranger in strangers)
            await Strangers.UntilClosed(new NetworkStream(stranger, ownsSocket: true));
        Assert.InRange(links.Refusals, 1, 4 * RefusalReport.Most);
    }

    [Fact]
    public async Task Whoever_connects_learns_that_the_other_end_has_another_key()
    {
        await using var links = new Links();
        IOException failure = await Assert.ThrowsAsync<IOException>(() => TlsLink.ConnectAsync(links.EndPoint, Links.OtherKey, TestContext.Current.CancellationToken));
        Assert.Equal($"{links.EndPoint}: it shows another key than the experiment's", failure.Message);
        Assert.Equal("it shows another key than the experiment's", (await links.Refused()).Reason);
    }

    [Fact]
    public async Task A_listener_takes_a_socket_that_is_bound_already_and_closes_it()
    {
        using var bound = new Socket(SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        var accepted = new TaskCompletionSource<TlsLink>();
        TlsListener listener = TlsListener.Start(bound, Links.Key, accepted.SetResult, static _ => { });
        using (TlsLink link = await TlsLink.ConnectAsync(listener.EndPoint, Links.Key, TestContext.Current.CancellationToken))
            (await RecordingReceiver.InTime(accepted.Task)).Dispose();
        await listener.DisposeAsync();
        await Assert.ThrowsAsync<IOException>(() => TlsLink.ConnectAsync(listener.EndPoint, Links.Key, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Links_outlive_their_listener()
    {
        var links = new Links();
        (TlsLink link, _, TlsLink otherLink, _) = await links.Pair();
        var receiver = new RecordingReceiver();
        TlsLink extra = await TlsLink.ConnectAsync(links.EndPoint, Links.Key, TestContext.Current.CancellationToken);
        TlsLink extraEnd = await links.Accepted();
        await links.StopListening();
        extraEnd.Start(receiver);
        Assert.True(extra.TrySend(Frames.Of(9, 10)));
        Assert.Equal(9u, (await receiver.Next()).Id);
        extra.Dispose();
        await receiver.Closed();
        await links.DisposeAsync();
    }
}
