using System.Net;
using System.Threading.Channels;

namespace Megatux.Tree.Tests;

/// <summary>A listener on a free port of the loopback interface, with what it let in and whom it refused.</summary>
internal sealed class Links : IAsyncDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Channel<TlsLink> _accepted = Channel.CreateUnbounded<TlsLink>();
    private readonly Channel<LinkRefusal> _refused = Channel.CreateUnbounded<LinkRefusal>();
    private readonly List<TlsLink> _owned = [];
    private readonly TlsListener _listener;

    public Links() => _listener = TlsListener.Start(new IPEndPoint(IPAddress.Loopback, 0), Key,
        link => _accepted.Writer.TryWrite(link), refusal => _refused.Writer.TryWrite(refusal));

    public static ExperimentKey Key { get; } = ExperimentKey.Make();

    public static ExperimentKey OtherKey { get; } = ExperimentKey.Make();

    public IPEndPoint EndPoint => _listener.EndPoint;

    public int Refusals => _refused.Reader.Count;

    /// <summary>Two ends of a link, both started.</summary>
    public async Task<(TlsLink Link, RecordingReceiver Receiver, TlsLink OtherLink, RecordingReceiver Other)> Pair()
    {
        TlsLink link = Own(await TlsLink.ConnectAsync(EndPoint, Key, TestContext.Current.CancellationToken));
        TlsLink other = await Accepted();
        (RecordingReceiver receiver, RecordingReceiver others) = (new(), new());
        link.Start(receiver);
        other.Start(others);
        return (link, receiver, other, others);
    }

    public async Task<TlsLink> Accepted() =>
        Own(await RecordingReceiver.InTime(_accepted.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask()));

    public Task<LinkRefusal> Refused() => RecordingReceiver.InTime(_refused.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask());

    public ValueTask StopListening() => _listener.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (TlsLink link in _owned)
            link.Dispose();
        await _listener.DisposeAsync();
    }

    private TlsLink Own(TlsLink link)
    {
        _owned.Add(link);
        return link;
    }
}
